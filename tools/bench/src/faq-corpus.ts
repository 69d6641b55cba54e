import { idFrom } from '#kernel/ids.js';

/** An entry of a made-up FAQ; the same every time. */
export interface CorpusEntry {
  readonly faqId: string;
  /** `K-03-parking`: the third kind of venue of a ward, and what is asked about it. */
  readonly faqNo: string;
  readonly category: string;
  readonly question: string;
  readonly answer: string;
  readonly keywords: readonly string[];
}

const NAMES = '7c9e5a14-3b0d-4f62-8a7d-1e5c2b9f6d30';
const WARDS = ['中央区', '北区', '東区', '白石区', '厚別区', '豊平区', '清田区', '南区', '西区', '手稲区'];
const KINDS = ['民センター', '図書館', 'まちづくりセンター', '地区会館', '体育館', 'コミュニティセンター', '老人福祉センター', '役所', '児童会館', 'スポーツ交流館']; // prettier-ignore

type Topic = readonly [code: string, question: string, answer: string, keywords: readonly string[]];

/** `＠` is the venue, `＃` a number that differs from venue to venue. */
const TOPICS: readonly Topic[] = [
  ['parking', '＠に駐車場はありますか', '＠の駐車場は＃台です。台数に限りがありますので、公共交通機関をご利用ください。', ['パーキング', '車']],
  ['station', '＠の最寄り駅はどこですか', '地下鉄の駅から歩いて＃分です。＠の正面玄関からお入りください。', ['地下鉄', '行き方']],
  ['bus', '＠へはどのバスで行けばよいですか', 'バス停から歩いて＃分です。冬は時間に余裕をもってお越しください。', ['市バス', '停留所']],
  ['wheelchair', '車いすで＠に入れますか', '入口にスロープがあり、エレベーターで＃階までお上がりいただけます。', ['バリアフリー', '車椅子']],
  ['toilet', '＠に多目的トイレはありますか', '＃階に多目的トイレがございます。', ['お手洗い', 'オストメイト']],
  ['wifi', '＠でWi-Fiは使えますか', '講習会の間は無線LANをお使いいただけます。接続先の番号は＃です。', ['ワイファイ', 'インターネット']],
  ['food', '＠で飲食はできますか', '会場内での飲食はご遠慮ください。自動販売機は＃階にございます。', ['お弁当', '飲み物']],
  ['child', '＠に子どもを連れて行けますか', 'お子さまもご一緒にお越しいただけます。授乳室は＃階です。', ['赤ちゃん', '孫']],
  ['hearing', '＠に補聴器用の設備はありますか', 'ヒアリングループの席を＃席ご用意しています。受付でお申し出ください。', ['難聴', '聞こえ']],
  ['locker', '＠にロッカーはありますか', '小さなロッカーが＃個ございます。大きなお荷物は受付でお預かりします。', ['荷物', '手荷物']],
  ['bicycle', '＠に駐輪場はありますか', '建物の裏に自転車を＃台とめられます。冬は閉鎖します。', ['自転車', 'チャリ']],
  ['smoking', '＠でたばこは吸えますか', '敷地内は禁煙です。＃分ほど歩いたところに喫煙所があります。', ['喫煙', '煙草']],
  ['opening', '＠は何時に開きますか', '開場は講習会の＃分前です。それより前は入れません。', ['開館', '早く着く']],
  ['lost', '＠に忘れ物をしました', '忘れ物は＠の事務室で＃日間お預かりします。', ['落とし物', '紛失']],
  ['snow', '大雪のとき＠の講習会は中止ですか', '中止のときは前日までにお電話します。当日は＃時までにお知らせします。', ['吹雪', '警報']],
  ['charge', '＠でスマートフォンの充電はできますか', '充電用の電源を＃口ご用意しています。ケーブルはお持ちください。', ['コンセント', 'バッテリー']],
  ['photo', '＠で写真を撮ってもよいですか', '講習会の撮影はご遠慮ください。記念の撮影は＃階のロビーでどうぞ。', ['録画', 'カメラ']],
  ['floor', '＠の何階で行いますか', '＠の＃階です。当日は入口に案内を出します。', ['部屋', '会議室']],
  ['slippers', '＠は土足で入れますか', '上履きに履き替えます。スリッパを＃足ご用意しています。', ['靴', '内履き']],
  ['companion', '＠の講習会に付き添いは入れますか', '付き添いの方は＃名までお入りいただけます。席は後ろになります。', ['家族', '介助']],
]; // prettier-ignore

/** 2,000 entries: twenty questions about each of a hundred venues. */
export function faqCorpus(): CorpusEntry[] {
  return WARDS.flatMap((ward, w) =>
    KINDS.flatMap((kind, k) =>
      TOPICS.map(([code, question, answer, keywords], t) => {
        const said = (text: string) => text.replaceAll('＠', `${ward}${kind}`).replaceAll('＃', String(1 + ((w * 7 + k * 3 + t) % 29))); // prettier-ignore
        const faqNo = `${String.fromCharCode(65 + w)}-${String(k).padStart(2, '0')}-${code}`;
        return {
          ...{ faqId: idFrom(NAMES, faqNo), faqNo, category: 'venue' },
          ...{ question: said(question), answer: said(answer), keywords },
        };
      }),
    ),
  );
}
