// Made by `npm run shipper-options -- beats`: not to be edited.

/** Inputs that only the build under Elastic's own licence has. */
export const ELASTIC_LICENCE_INPUTS: readonly string[] = ['aws-cloudwatch', 'aws-s3', 's3', 'azure-eventhub', 'cloudfoundry', 'gcp-pubsub', 'google-pubsub', 'http_endpoint', 'httpjson', 'netflow', 'o365audit'];

/** Processors of that build. */
export const ELASTIC_LICENCE_PROCESSORS: readonly string[] = ['add_cloudfoundry_metadata', 'add_nomad_metadata'];
