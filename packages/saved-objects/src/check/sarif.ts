import { type Finding, RULES, type Severity } from './finding.ts';

const LEVEL: Readonly<Record<Severity, 'error' | 'warning'>> = { refused: 'error', broken: 'error', hidden: 'warning' };

/**
 * Findings as a SARIF 2.1.0 log, as code hosts show beside the lines of a change.
 *
 * @param version The version of the tool that is named in it.
 */
export function toSarif(findings: readonly Finding[], version: string): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'podscope',
            version,
            rules: Object.entries(RULES).map(([id, { title, severity }]) => ({ id, shortDescription: { text: title }, defaultConfiguration: { level: LEVEL[severity] } })),
          },
        },
        results: findings.map(({ rule, severity, object, place, path, what, fix }) => ({
          ruleId: rule,
          level: LEVEL[severity],
          message: { text: `${object === undefined ? '' : `${object.type} ${object.id}: `}${what}. ${fix}` },
          locations: [
            {
              ...(place?.file === undefined ? {} : { physicalLocation: { artifactLocation: { uri: place.file.replaceAll('\\', '/') }, region: { startLine: place.line } } }),
              ...(path === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: object === undefined ? path : `${object.type}/${object.id}/${path}` }] }),
            },
          ],
        })),
      },
    ],
  };
}
