import type { k8s } from 'cdk8s-plus-33';
import { hashedName, requireData } from './configMap.ts';
import type { ShipperObjects, Transform } from './shipperObjects.ts';

/**
 * The objects after the user's transform. Where that changed the configuration, the immutable ConfigMap gets the name of its new
 * content, and the pods mount it by that name; else the API server would refuse the change, or the pods would not be rolled.
 */
export function transformed<Objects extends ShipperObjects>(
  objects: Objects,
  transform: Transform<Objects> | undefined,
  template: (objects: Objects) => k8s.PodTemplateSpec,
  withTemplate: (objects: Objects, template: k8s.PodTemplateSpec) => Objects,
): Objects {
  if (transform === undefined) return objects;
  const result = transform(objects);
  const before = objects.configMap.metadata?.name ?? '';
  const data = result.configMap.data ?? {};
  requireData(result.configMap.metadata?.name ?? before, data);
  if (result.configMap.metadata?.name !== before) return result;
  const name = hashedName(before.replace(/-config-[0-9a-f]+$/, ''), data);
  if (name === before) return result;
  const renamed = { ...result, configMap: { ...result.configMap, metadata: { ...result.configMap.metadata, name } } };
  return withTemplate(renamed, mounting(template(renamed), before, name));
}

function mounting(template: k8s.PodTemplateSpec, before: string, name: string): k8s.PodTemplateSpec {
  const { spec } = template;
  if (spec?.volumes === undefined) return template;
  const volumes = spec.volumes.map((volume) => (volume.configMap?.name === before ? { ...volume, configMap: { ...volume.configMap, name } } : volume));
  return { ...template, spec: { ...spec, volumes } };
}
