import { last, type SideFold } from './side-fold.js';

/** Keys of digests go with a person, whose erasure is in the log of another: they are no fold of this one. */
export const NOTICES_FOLDS: readonly SideFold[] = [
  {
    table: 'posting_settings',
    fold: `select data ->> 'validFrom' as key, ${last('data')} as value
      from events where type = 'PostingSettingsAgreed' group by 1`,
    rows: `select valid_from as key, settings as value from posting_settings`,
  },
  {
    table: 'notice_template',
    // Version 0 is the desk's own, which is made when it is asked for
    fold: `select distinct data ->> 'templateVersion' as key,
        jsonb_build_object('fields', data -> 'fields', 'sha256', data -> 'sha256', 'bytes', data -> 'sha256') as value
      from events where type = 'NoticeTemplateAccepted' and data ->> 'templateVersion' <> '0'`,
    rows: `select template_version::text as key, jsonb_build_object('fields', fields, 'sha256', sha256,
        'bytes', encode(sha256(bytes), 'hex')) as value from notice_template`,
  },
  {
    table: 'template_choice',
    fold: `select coalesce(data ->> 'termId', '00000000-0000-0000-0000-000000000000') as key, jsonb_build_object(
        'version', ${last("data -> 'templateVersion'")}, 'agreement', (array_agg(data -> 'agreementNumber' order by version desc))[1]
      ) as value from events where type = 'NoticeTemplateAccepted' group by 1`,
    rows: `select term_id::text as key, jsonb_build_object('version', template_version, 'agreement', agreement_number) as value
      from template_choice`,
  },
];
