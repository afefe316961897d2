/** Where processors come from that a server lacks. */
const FROM: Readonly<Record<string, string>> = {
  attachment: 'it comes with the plugin ingest-attachment',
  cef: 'only Elasticsearch 9 has it',
  circle: 'only Elasticsearch has it',
  community_id: 'it makes a hash of a connection that no other processor makes',
  copy: 'OpenSearch has it since 2.12',
  enrich: 'it looks up documents by enrich policies, which only Elasticsearch has',
  fingerprint: 'it makes a hash of fields that no other processor makes',
  geoip: 'it comes with the module ingest-geoip and its databases, which this server was built without; on OpenSearch the plugin geospatial has ip2geo',
  inference: 'it asks models of the machine learning of Elasticsearch',
  ip2geo: 'it comes with the plugin geospatial of OpenSearch',
  ip_location: 'it reads databases of places, which only Elasticsearch has',
  network_direction: 'only Elasticsearch has it',
  normalize_for_stream: 'only Elasticsearch 9 has it',
  redact: 'only Elasticsearch has it',
  registered_domain: 'it reads the list of public domains, which only Elasticsearch has',
  reroute: 'only Elasticsearch 8 sends documents to another data stream',
  set_security_user: 'it writes down the user of the security of Elasticsearch',
  sparse_encoding: 'it comes with the plugin neural-search of OpenSearch',
  terminate: 'only Elasticsearch 8 ends a pipeline before its end',
  text_chunking: 'it comes with the plugin neural-search of OpenSearch',
  text_embedding: 'it comes with the plugin neural-search of OpenSearch',
  text_image_embedding: 'it comes with the plugin neural-search of OpenSearch',
  uri_parts: 'only Elasticsearch has it',
};

/** Why nothing stands for a processor that a server lacks. */
export function whyMissing(type: string): string {
  const from = FROM[type];
  return `the server has no processor ${type}${from === undefined ? '' : `: ${from}`}`;
}
