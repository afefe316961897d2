import type { Component } from '../../targets/kubernetes/components.ts';
import { type ManifestOptions, synthManifests } from '../../targets/kubernetes/manifests.ts';

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/** What a command line asks for, as components. */
export async function synthesize(options: Readonly<Record<string, unknown>>): Promise<readonly Component[]> {
  return synthManifests({
    pattern: options['pattern'] as ManifestOptions['pattern'],
    endpoint: String(options['endpoint']),
    engine: options['engine'] as ManifestOptions['engine'],
    auth: { secret: text(options['authSecret']), awsRegion: text(options['awsRegion']), awsRole: text(options['awsRole']) },
    caSecret: text(options['caSecret']),
    firehose: text(options['firehose']),
    kubernetesVersion: String(options['kubernetesVersion']),
    imageMirror: text(options['imageMirror']),
    namespaces: { logging: String(options['namespace']), agents: String(options['agentsNamespace']), guestbook: String(options['guestbookNamespace']) },
    guestbook: options['guestbook'] as ManifestOptions['guestbook'],
    guestbookImage: text(options['guestbookImage']),
  });
}
