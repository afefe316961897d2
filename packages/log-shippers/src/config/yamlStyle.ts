/** How a text of YAML is laid out, so that what is written after a change is laid out the same. Options of `Document.toString` of the package yaml. */
export interface YamlStyle {
  readonly lineWidth: 0;
  /** Spaces of one level. */
  readonly indent: number;
  /** Whether a list stands further in than its name. */
  readonly indentSeq: boolean;
  /** Whether `[ a ]` has spaces inside. */
  readonly flowCollectionPadding: boolean;
}

/** The style of a text, by its first lines that show it. */
export function yamlStyle(text: string): YamlStyle {
  const level = /^[^\s#-].*:[ \t]*\r?\n( +)[^\s#]/m.exec(text)?.[1]?.length ?? 2;
  return {
    lineWidth: 0,
    indent: level <= 8 ? level : 2,
    indentSeq: !/^( *)[^\s#-].*:[ \t]*\r?\n\1- /m.test(text),
    flowCollectionPadding: /[[{] \S/.test(text),
  };
}
