export { isNumber, isOneOf, isSameList, isSamePaths, listValues } from './answers.ts';
export { beginAttempt, gradeAttempt, keepAnswers, markRunning, stopAttempt, takeHint, viewOf } from './attempt.ts';
export type { HuntAttempt } from './attempt.ts';
export { CONTRACT_PARTS, runContract } from './contract.ts';
export type { ContractDriver, ContractOptions, ContractPart, ContractReport, ContractResult } from './contract.ts';
export { defineHunt } from './defineHunt.ts';
export type {
  Hunt,
  HuntCheck,
  HuntDefinition,
  HuntEvidence,
  HuntFacts,
  HuntHint,
  HuntQuestion,
  HuntText,
  SearchAnswer,
  SearchBody,
} from './defineHunt.ts';
export { createHuntRandom } from './random.ts';
export type { HuntRandom } from './random.ts';
export type { HuntAspect, HuntQuestionView, HuntVerdictPart, HuntVerdictView, HuntView } from './view.ts';
