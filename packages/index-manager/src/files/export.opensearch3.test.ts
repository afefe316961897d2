// The tests ask which file runs them, and take OpenSearch 3 here.
import './export.opensearch.test.ts';
