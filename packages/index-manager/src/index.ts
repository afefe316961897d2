export { applyPlan } from './apply/apply.ts';
export type { ApplyOptions, ApplyProgress } from './apply/apply.ts';
export { readHistory } from './apply/history.ts';
export type { HistoryEntry } from './apply/history.ts';
export type { LockHolder } from './apply/lock.ts';
export type { IndexClient } from './client.ts';
export { defineIndexSetup } from './define.ts';
export { formatDrift, observeDrift, planDrift } from './drift/drift.ts';
export type { DriftItem, DriftReport, ObservedDrift } from './drift/drift.ts';
export type {
  Alias,
  AliasOptions,
  Capabilities,
  ComponentTemplate,
  Difference,
  ForeignTemplate,
  IndexChange,
  IndexChangeAction,
  IndexChangeKind,
  IndexChangeRisk,
  IndexPlan,
  IndexSetup,
  IndexSetupInput,
  IndexTemplate,
  IngestPipeline,
  JsonObject,
  JsonValue,
  Ledger,
  LedgerEntry,
  LegacyTemplate,
  ObservedIndex,
  ObservedIndices,
  ObservedStream,
  RolloverAlias,
  TemplateBody,
} from './model.ts';
export { classifyMappingChange, worstClass } from './mappings/classify.ts';
export type { MappingChange } from './mappings/classify.ts';
export { classifySettingChange } from './mappings/classify-settings.ts';
export type { SettingChange } from './mappings/classify-settings.ts';
export { probeTemplateFeatures, TEMPLATE_FEATURES } from './mappings/features.ts';
export type { TemplateFeatures } from './mappings/features.ts';
export { MAPPING_PARAMETERS } from './mappings/parameters.ts';
export type { MappingChangeClass, MappingParameter } from './mappings/parameters.ts';
export { INDEX_SETTINGS } from './mappings/setting-table.ts';
export type { IndexSettingFacts, SettingChangeClass } from './mappings/setting-table.ts';
export { composableOf, translateTemplate } from './mappings/translate.ts';
export type { TemplateTranslation } from './mappings/translate.ts';
export type { AppliedRule, RefusedPart } from './mappings/translation.ts';
export { observeIndexSetup } from './observe/observe.ts';
export type { ObserveOptions } from './observe/observe.ts';
export { PIPELINE_FEATURES, probePipelineFeatures } from './pipelines/pipeline-features.ts';
export type { PipelineFeatures } from './pipelines/pipeline-features.ts';
export { translatePipeline } from './pipelines/translate-pipeline.ts';
export type { PipelineTranslation, TranslatePipelineOptions } from './pipelines/translate-pipeline.ts';
export { exitCodeOf } from './plan/exit.ts';
export { formatPlan } from './plan/format.ts';
export type { FormatPlanOptions } from './plan/format.ts';
export { planMappings } from './plan/mapping-changes.ts';
export type { PlannedMapping } from './plan/mapping-changes.ts';
export { planIndexSetup, planIndexSetup as planFor, planIndices } from './plan/plan.ts';
export type { PlanOptions } from './plan/plan.ts';
export { lifecycleTargets } from './plan/policy-of.ts';
export type { BehindMode } from './plan/streams.ts';
export type { AppliedForms } from './store/ledger.ts';
export { overlap as patternsOverlap } from './validate/patterns.ts';
export { checkLifecyclePolicy } from './lifecycle/check.ts';
export { ilmFromIsm } from './lifecycle/ilm-from-ism.ts';
export { ILM_ACTIONS, ILM_PHASES } from './lifecycle/ilm-types.ts';
export type { IlmActionBodies, IlmActionName, IlmPhase, IlmPhaseName, IlmPolicy, IlmRollover } from './lifecycle/ilm-types.ts';
export { ismFromIlm } from './lifecycle/ism-from-ilm.ts';
export { addIsmPolicy, changeIsmPolicy, deleteIsmPolicy, explainIsm, observeIsmPolicies, putIsmPolicy } from './lifecycle/ism-requests.ts';
export type { IsmBase, IsmManagedIndex, IsmRevision, IsmUpdate, ObservedIsm, ObservedIsmPolicy } from './lifecycle/ism-requests.ts';
export { planIsmMoves } from './lifecycle/ism-revisions.ts';
export type { IsmMove, IsmMoves } from './lifecycle/ism-revisions.ts';
export type {
  IsmAction,
  IsmActionBodies,
  IsmActionName,
  IsmActionOptions,
  IsmConditions,
  IsmNotification,
  IsmPolicy,
  IsmRollover,
  IsmRolloverConditions,
  IsmState,
  IsmTemplate,
  IsmTransition,
  LifecycleSize,
  LifecycleTime,
} from './lifecycle/ism-types.ts';
export { normaliseIlmPolicy } from './lifecycle/normalise-ilm.ts';
export { normaliseIsmPolicy } from './lifecycle/normalise-ism.ts';
export type {
  KeptIndex,
  LifecyclePolicies,
  LifecycleTarget,
  ObservedGeneration,
  ObservedRetention,
  ObservedTarget,
  RetentionPlan,
  RetentionStep,
  RolloverRequestConditions,
  UnsupportedPart,
} from './lifecycle/retention-model.ts';
export { observeRetention } from './lifecycle/retention-observe.ts';
export { formatRetentionPlan, planRetention } from './lifecycle/retention-plan.ts';
export { applyRetention, runLifecycle } from './lifecycle/run-lifecycle.ts';
export type { RetentionProgress, RetentionResult, RetentionRun, RunLifecycleOptions } from './lifecycle/run-lifecycle.ts';
export type { LifecyclePolicyProblem } from './lifecycle/shape.ts';
export type { Translation, Untranslated } from './lifecycle/untranslated.ts';
export type {
  ObservedReindex,
  ObservedReindexIndex,
  ReindexOptions,
  ReindexPlan,
  ReindexProgress,
  ReindexRecord,
  ReindexRequest,
  ReindexResult,
  ReindexState,
  ReindexStep,
  ReindexSwap,
  RollbackOptions,
} from './reindex/model.ts';
export { observeReindex } from './reindex/observe.ts';
export { planReindex } from './reindex/plan.ts';
export { listReindexes, releaseReindex, resumeReindex, rollbackReindex, runReindex, throttleReindex } from './reindex/reindex.ts';
export { exportIndexSetup } from './files/export.ts';
export { loadIndexSetup } from './files/load.ts';
export type { SetupSection } from './validate/sections.ts';
export type {
  ExportedIndexSetup,
  ExportIndexSetupOptions,
  ExportSelection,
  LeftOut,
  LoadIndexSetupOptions,
  SetupFileFormat,
  TypeScriptOptions,
  WriteIndexSetupOptions,
  WrittenIndexSetup,
} from './files/model.ts';
export { indexSetupToTypeScript } from './files/typescript.ts';
export { writeIndexSetup } from './files/write.ts';
export { AMAZON_INSTANCE_TYPES } from './estimates/amazon.ts';
export { estimateIndexSetup } from './estimates/estimate.ts';
export { formatEstimate } from './estimates/format.ts';
export { sizeOfMapping } from './estimates/limits.ts';
export type { MappingSize } from './estimates/limits.ts';
export type {
  AmazonInstanceType,
  AmazonSuggestion,
  EstimatedStretch,
  EstimateInput,
  EstimateWarning,
  IndexEstimate,
  StreamEstimate,
  StreamVolume,
  TierEstimate,
} from './estimates/model.ts';
export { OPTIONAL_PERMISSIONS, REQUIRED_PERMISSIONS, requiredRole } from './servers/permissions.ts';
export type { IndexDuty, OptionalPermission, RequiredPermission, RoleBody } from './servers/permissions.ts';
