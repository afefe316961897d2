// The tests ask which file runs them, and take Elasticsearch 7.10 here.
import './export.opensearch.test.ts';
