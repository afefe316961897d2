import { type ApiObject, JsonPatch } from 'cdk8s';

/** An object that is in no namespace: cdk8s gives every object the chart's, and servers with strict validation mind. */
export function clusterScoped<Made extends ApiObject>(object: Made): Made {
  if (object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}
