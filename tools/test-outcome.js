const NAMES_SHOWN = 20;

/**
 * What a run comes to. `steps` are the names of those that failed before the tests (lint, types), `jest` what jest wrote
 * with `--json` or undefined if it wrote nothing, `code` its exit code or undefined if it was not even called.
 */
export function outcomeOf({ steps, jest, code }) {
  const failures = steps.map((step) => `${step} failed`);
  const passed = jest?.numPassedTests ?? 0;
  const failed = jest?.numFailedTests ?? 0;
  const skippedTests = (jest?.testResults ?? []).flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => ['pending', 'skipped', 'disabled', 'todo'].includes(status)),
  );
  // A spec that does not even load has no tests to fail.
  const unloaded = (jest?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  failures.push(...unloaded.map(({ name }) => `${name} did not run to its end`));
  const ran = passed + failed + unloaded.length;
  if (jest && ran === 0) failures.push('no test ran');
  else if (jest && code !== 0 && ran === passed) failures.push(`jest ended with ${code}`);
  else if (!jest && code !== undefined) failures.push(`the tests came to nothing: jest ended with ${code}`);
  return {
    passed,
    failed: failed + failures.length,
    skipped: skippedTests.length,
    failures,
    skippedNames: skippedTests.map(({ fullName }) => fullName),
  };
}

/** The lines after the tests; the last one is made for machines. */
export function reportOf({ passed, failed, skipped, failures, skippedNames }, { reasons, longFiles }) {
  const shown = skippedNames.slice(0, NAMES_SHOWN);
  const more = skippedNames.length - shown.length;
  return [
    ...(longFiles.length > 0 ? ['', `Longer than they should be (no failure): ${longFiles.join(', ')}`] : []),
    ...(reasons.length + shown.length > 0 ? ['', 'Skipped:'] : []),
    ...[...new Set(reasons)].map((reason) => `  ${reason}`),
    ...shown.map((name) => `  test: ${name}`),
    ...(more > 0 ? [`  and ${more} tests more`] : []),
    ...(failures.length > 0 ? ['', 'Failed besides tests:'] : []),
    ...failures.map((failure) => `  ${failure}`),
    '',
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ];
}
