import { App } from 'cdk8s';
import { basicAuth, fromSecret, openSearch } from '@podscope/log-shippers';
import { Pipeline } from '@podscope/log-shippers/pipelines';

const app = new App();
new Pipeline(app, {
  pattern: 'workshop',
  destination: openSearch({ engine: 'opensearch@2', endpoint: 'https://opensearch.example.com:9200', auth: basicAuth('shipper', fromSecret('opensearch', 'password')) }),
});
const yaml = app.synthYaml();
process.stdout.write(yaml);
if (!yaml.includes('kind: DaemonSet')) process.exitCode = 1;
