import { redactText } from '@podscope/core';
import type { KubernetesObject, ObjectRef } from '@podscope/fault-injectors/kubernetes';
import type { EventView } from './eventView.ts';
import { conditionOf, judge, POD_OWNERS } from './judge.ts';
import { type ContainerView, isPodOf, type PodView } from './podView.ts';

/** Why something does not come up. */
export interface Reason {
  readonly text: string;
  /** It will not pass by itself: nothing is won by waiting. */
  readonly final: boolean;
  /** How many pods have it; 0 when it isn't one of pods. */
  readonly pods: number;
  /** A container whose log may say more, and whether the log of its last run is meant. */
  readonly log?: { readonly namespace: string; readonly name: string; readonly container: string; readonly previous: boolean };
}

/** Events that are older are about what was there before. */
const RECENT_MS = 10 * 60_000;
/** What a kubelet gives as the reason of a waiting container (`kubernetes/pkg/kubelet/images/types.go`) and never tries again with success unless somebody changes the pod. */
const NEVER = new Set(['ErrImageNeverPull', 'InvalidImageName']);
const IMAGE = new Set(['ImagePullBackOff', 'ErrImagePull', 'ImageInspectError', 'RegistryUnavailable', 'SignatureValidationFailed', ...NEVER]);
/** Waiting that is the ordinary course of things. */
const ORDINARY = new Set(['', 'ContainerCreating', 'PodInitializing']);
/** Events that say what the state of a container or the scheduler says already. */
const SAID_ELSEWHERE = new Set(['BackOff', 'Failed', 'FailedScheduling', 'InspectFailed', 'ErrImageNeverPull']);

/** Messages name the pod, and are the same for all pods of a workload but for that; a quota's numbers count up. */
const withoutPod = (text: string, pod: string): string => text.replaceAll(pod, '…').replace(/pods "[^"]+" is forbidden: /, '').replace(/\s+/g, ' ').trim();

/** A pod of a workload is refused by the server: a quota, pod security, another admission plugin. */
function refusedText(message: string): string | undefined {
  const [, said] = /is forbidden: (.*)$/s.exec(message) ?? [];
  if (said === undefined) return undefined;
  return /exceeded quota|must specify/.test(said) ? `a quota does not allow more pods: ${said}` : /violates PodSecurity/.test(said) ? `pod security refuses its pods: ${said}` : `the API server refuses its pods: ${said}`;
}

const failedCreate = (message: string): Found => {
  const refused = refusedText(message);
  return { text: (refused ?? `its pods can’t be made: ${message}`).replace(/\s+/g, ' '), final: refused !== undefined };
};

/** One pod's or none's reason, before those that are the same are put together. */
interface Found {
  readonly text: string;
  readonly final: boolean;
  readonly pod?: string;
  readonly log?: Reason['log'];
}

/** Why a workload, or anything else that comes up, has not. Pure; `now` in milliseconds of the epoch. */
export function reasonsOf(object: KubernetesObject, pods: readonly PodView[], events: readonly EventView[], now: number): readonly Reason[] {
  const { kind, metadata: { namespace = '', name, uid } } = object;
  const ref: ObjectRef = { apiVersion: object.apiVersion, kind, namespace, name };
  const failure = conditionOf(object, 'ReplicaFailure');
  const own = events.filter((event) => event.namespace === namespace && event.uid === uid && now - event.at < RECENT_MS);
  const mine = kind === 'Pod' ? pods.filter((pod) => pod.uid === uid) : POD_OWNERS.has(kind) ? pods.filter((pod) => isPodOf(pod, ref)) : [];
  // An event stays after what it tells of: where all pods are there by now, they were let in. A Job's pods come one after another.
  const isPast = (kind === 'StatefulSet' || kind === 'DaemonSet') && mine.length >= judge(object).asked;
  const refusals = isPast ? [] : own.filter(({ reason }) => reason === 'FailedCreate').toSorted((one, other) => one.at - other.at);
  const ofWorkload = failure?.status === 'True' ? [failedCreate(failure.message ?? '')] : refusals.map(({ message }) => failedCreate(message));
  const others = own.filter(({ reason }) => reason !== 'FailedCreate').map(({ reason, message }): Found => ({ text: `${reason}: ${message}`, final: false }));
  return merged([...ofWorkload.slice(-1), ...others, ...mine.filter(({ ready, phase }) => !ready && phase !== 'Succeeded').flatMap((pod) => reasonsOfPod(pod, events))]);
}

function reasonsOfPod(pod: PodView, events: readonly EventView[]): readonly Found[] {
  const one = (text: string, more: Partial<Found> = {}): Found => ({ text: withoutPod(text, pod.name), final: false, pod: pod.name, ...more });
  if (pod.unscheduled !== undefined) {
    const text = pod.unscheduled.reason === 'SchedulingGated' ? `it waits for a scheduling gate: ${pod.unscheduled.message}` : `no node takes it: ${pod.unscheduled.message}`;
    return [one(text), ...(/PersistentVolumeClaim/iu.test(text) ? claimReasons(pod, events).map((each) => one(each)) : [])];
  }
  const whole = pod.reason === '' ? [] : [one(`the pod was ended: ${pod.reason}${pod.message === '' ? '' : `: ${pod.message}`}`)];
  const containers = pod.containers.filter(({ init, ready, ended }) => !ready && !(init && ended?.exitCode === 0)).flatMap((container) => reasonOfContainer(pod, container, one) ?? []);
  const warned = events.filter(({ uid, reason }) => uid === pod.uid && !SAID_ELSEWHERE.has(reason)).map(({ reason, message }) => one(reason === 'Unhealthy' ? message : `${reason}: ${message}`));
  return [...whole, ...containers, ...warned];
}

/** Why a StatefulSet's pod has no volume, which the events of its claims say: they are named after it (`<template>-<pod>`). */
function claimReasons({ namespace, name }: PodView, events: readonly EventView[]): readonly string[] {
  return events.filter((event) => event.namespace === namespace && event.about.startsWith('PersistentVolumeClaim ') && event.about.endsWith(`-${name}`) && event.reason !== 'WaitForFirstConsumer').map(({ about, reason, message }) => `${about}: ${reason}: ${message}`);
}

function reasonOfContainer(pod: PodView, container: ContainerView, one: (text: string, more?: Partial<Found>) => Found): Found | undefined {
  const { name, init, waiting, ended, restarts } = container;
  const called = `${init ? 'init container' : 'container'} ${name}`;
  const log = { namespace: pod.namespace, name: pod.name, container: name, previous: waiting !== undefined };
  if (waiting !== undefined && IMAGE.has(waiting.reason)) return one(`${called} has no image (${waiting.reason}): ${waiting.message}`, { final: NEVER.has(waiting.reason) });
  if (waiting?.reason === 'CreateContainerConfigError') return one(`${called} can’t be made: ${missingText(waiting.message)}`);
  if (ended !== undefined && (ended.exitCode !== 0 || waiting?.reason === 'CrashLoopBackOff')) {
    const how = ended.reason === 'OOMKilled' ? `used more memory than its limit and was ended (OOMKilled, exit code ${ended.exitCode})` : `ended with exit code ${ended.exitCode}${ended.reason === '' || ended.reason === 'Error' ? '' : ` (${ended.reason})`}`;
    const again = waiting?.reason === 'CrashLoopBackOff' ? ', and is started again ever more seldom (CrashLoopBackOff)' : '';
    return one(`${called} ${how}${again}${restarts === 0 ? '' : `; restarts: ${restarts}`}${ended.message === '' ? '' : `: ${ended.message}`}`, { log });
  }
  if (waiting !== undefined && !ORDINARY.has(waiting.reason)) return one(`${called} waits (${waiting.reason}): ${waiting.message}`);
  return undefined;
}

/** `secret "x" not found` and `couldn't find key k in ConfigMap ns/x` (`kubernetes/pkg/kubelet/kubelet_pods.go`). */
function missingText(message: string): string {
  const [, kind, name] = /^(secret|configmap) "([^"]+)" not found$/.exec(message) ?? [];
  if (kind !== undefined) return `there is no ${kind === 'secret' ? 'Secret' : 'ConfigMap'} ${name}`;
  const [, key, where] = /^couldn't find key (\S+) in (.+)$/.exec(message) ?? [];
  return key === undefined ? message : `${where} has no key ${key}`;
}

/** Numbers in messages differ from pod to pod and from try to try, and say nothing of their own. */
const sameness = (text: string): string => text.replace(/\d+/g, '#');

/** Reasons that are the same for several pods, once: in the words of the last, with all of their pods counted. */
function merged(found: readonly Found[]): readonly Reason[] {
  const bySameness = new Map<string, { readonly last: Found; readonly pods: ReadonlySet<string>; readonly final: boolean }>();
  for (const each of found) {
    const known = bySameness.get(sameness(each.text));
    bySameness.set(sameness(each.text), { last: each, pods: new Set([...(known?.pods ?? []), ...(each.pod === undefined ? [] : [each.pod])]), final: each.final || known?.final === true });
  }
  return [...bySameness.values()].map(({ last, pods, final }) => ({ text: redactText(last.text), final, pods: pods.size, ...(last.log === undefined ? {} : { log: last.log }) }));
}

/** A reason for a reader. */
export function reasonText({ text, pods }: Reason): string {
  return pods > 1 ? `${pods} pods: ${text}` : text;
}
