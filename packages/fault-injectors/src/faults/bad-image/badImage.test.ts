import { describe, expect, it } from 'vitest';
import { podWith } from '../../kubernetes/objects/fixtures/kubelets.ts';
import { badImage, imageTrouble } from './index.ts';

describe('bad-image', () => {
  it.each(['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName'])('is there when a kubelet says %s', (reason) => {
    expect(imageTrouble(podWith({ ready: false, started: false, state: { waiting: { reason } } }), 'web')).toBe(`container web: ${reason}`);
  });

  it('is not there while a container is being made, or runs', () => {
    expect(imageTrouble(podWith({}), 'web')).toBeUndefined();
    expect(imageTrouble(podWith({ state: { waiting: { reason: 'ContainerCreating' } } }), 'web')).toBeUndefined();
    expect(imageTrouble({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'new' } }, 'web')).toBeUndefined();
  });

  it('is not there for another container of the pod', () => {
    expect(imageTrouble(podWith({ state: { waiting: { reason: 'ErrImagePull' } } }), 'helper')).toBeUndefined();
  });

  it('names an image by default that nobody can publish', () => {
    expect(badImage({ namespace: 'shop', workload: 'web' }).params['image']).toMatch(/^registry\.invalid\//);
  });

  it.each([{ image: '' }, { image: 'two words' }, { workload: 'job/web' }, { workload: 'Web' }, { namespace: 'a.b' }, { imge: 'x' }])('refuses %j', (wrong) => {
    expect(() => badImage.from({ namespace: 'shop', workload: 'web', ...wrong })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  });
});
