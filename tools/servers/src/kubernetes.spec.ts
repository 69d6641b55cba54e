import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { describeUnless } from './test-kafka.js';

const base = join(import.meta.dirname, '../../../k8s/base');
const built = spawnSync('kubectl', ['kustomize', base], { encoding: 'utf8' });
const missing = built.error ? 'kubectl is not installed' : undefined;

describeUnless(missing, 'the kustomize base', () => {
  const objects = () => parseAllDocuments(built.stdout).map((document) => document.toJS() as Record<string, unknown>);

  it('builds', () => {
    expect(built.stderr).toBe('');
    expect(built.status).toBe(0);
  });

  it('lets nobody talk to anybody unless a policy says so', () => {
    expect(objects()).toContainEqual(
      expect.objectContaining({
        kind: 'NetworkPolicy',
        metadata: expect.objectContaining({ name: 'default-deny', namespace: 'uketsuke' }),
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
      }),
    );
  });

  it('refuses pods with privileges in its namespace', () => {
    const labels = expect.objectContaining({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    expect(objects()).toContainEqual(
      expect.objectContaining({ kind: 'Namespace', metadata: expect.objectContaining({ name: 'uketsuke', labels }) }),
    );
  });
});
