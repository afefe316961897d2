import type { Settings } from '../options/option.ts';
import type { LogstashSection } from './language/model.ts';
import type { SETTINGS } from './options/settings.ts';

type PipelineSettingName = Extract<keyof typeof SETTINGS, `pipeline.${string}` | `queue.${string}` | `dead_letter_queue.${string}` | 'config.reload.automatic' | 'config.string' | 'path.config'>;

/** Settings of logstash.yml, the persistent queue's among them. */
export type LogstashSettings = Partial<Settings<typeof SETTINGS>> & {
  /** Folder of the persistent queue. @default `queue` in path.data */
  readonly 'path.queue'?: string;
  readonly 'path.dead_letter_queue'?: string;
  readonly 'path.logs'?: string;
  /** Settings that the list doesn't know. */
  readonly extra?: Readonly<Record<string, unknown>>;
};

/** One pipeline: its sections, and the settings that pipelines.yml has for it. */
export interface LogstashPipeline {
  readonly id: string;
  readonly settings?: Pick<Partial<Settings<typeof SETTINGS>>, PipelineSettingName>;
  readonly sections: readonly LogstashSection[];
  /** What stands after the last section of a text that was read. */
  readonly end?: string;
  /** The file that it was read from. */
  readonly file?: string;
}

/** A configuration of Logstash: logstash.yml and its pipelines. */
export interface LogstashConfig {
  /** The version that it is for, where one is known. */
  readonly version?: string;
  readonly settings: LogstashSettings;
  readonly pipelines: readonly LogstashPipeline[];
}
