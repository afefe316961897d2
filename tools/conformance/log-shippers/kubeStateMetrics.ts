import { createServer } from 'node:http';

/**
 * The text that kube-state-metrics serves of a cluster with one deployment, two pods and one node: our own fixture, with the
 * names of its metrics as version 2 has them.
 */
export const KUBE_STATE_METRICS = `# HELP kube_deployment_status_replicas The number of replicas per deployment.
# TYPE kube_deployment_status_replicas gauge
kube_deployment_status_replicas{namespace="guestbook",deployment="frontend"} 2
# TYPE kube_deployment_status_replicas_available gauge
kube_deployment_status_replicas_available{namespace="guestbook",deployment="frontend"} 1
# TYPE kube_deployment_status_replicas_unavailable gauge
kube_deployment_status_replicas_unavailable{namespace="guestbook",deployment="frontend"} 1
# TYPE kube_deployment_status_replicas_updated gauge
kube_deployment_status_replicas_updated{namespace="guestbook",deployment="frontend"} 2
# TYPE kube_deployment_spec_replicas gauge
kube_deployment_spec_replicas{namespace="guestbook",deployment="frontend"} 2
# TYPE kube_deployment_spec_paused gauge
kube_deployment_spec_paused{namespace="guestbook",deployment="frontend"} 0
# TYPE kube_pod_info gauge
kube_pod_info{namespace="guestbook",pod="frontend-1",host_ip="10.0.0.1",pod_ip="10.1.0.1",uid="u1",node="node-1",created_by_kind="ReplicaSet",created_by_name="frontend-abc"} 1
kube_pod_info{namespace="guestbook",pod="frontend-2",host_ip="",pod_ip="",uid="u2",node="",created_by_kind="ReplicaSet",created_by_name="frontend-abc"} 1
# TYPE kube_pod_status_phase gauge
kube_pod_status_phase{namespace="guestbook",pod="frontend-1",uid="u1",phase="Running"} 1
kube_pod_status_phase{namespace="guestbook",pod="frontend-1",uid="u1",phase="Pending"} 0
kube_pod_status_phase{namespace="guestbook",pod="frontend-2",uid="u2",phase="Running"} 0
kube_pod_status_phase{namespace="guestbook",pod="frontend-2",uid="u2",phase="Pending"} 1
# TYPE kube_pod_status_ready gauge
kube_pod_status_ready{namespace="guestbook",pod="frontend-1",uid="u1",condition="true"} 1
kube_pod_status_ready{namespace="guestbook",pod="frontend-2",uid="u2",condition="false"} 1
# TYPE kube_pod_status_scheduled gauge
kube_pod_status_scheduled{namespace="guestbook",pod="frontend-1",uid="u1",condition="true"} 1
kube_pod_status_scheduled{namespace="guestbook",pod="frontend-2",uid="u2",condition="false"} 1
# TYPE kube_pod_container_info gauge
kube_pod_container_info{namespace="guestbook",pod="frontend-1",uid="u1",container="php",image="guestbook:1",container_id="containerd://c1"} 1
# TYPE kube_pod_container_status_restarts_total counter
kube_pod_container_status_restarts_total{namespace="guestbook",pod="frontend-1",uid="u1",container="php"} 3
# TYPE kube_pod_container_status_ready gauge
kube_pod_container_status_ready{namespace="guestbook",pod="frontend-1",uid="u1",container="php"} 1
# TYPE kube_pod_container_status_running gauge
kube_pod_container_status_running{namespace="guestbook",pod="frontend-1",uid="u1",container="php"} 1
# TYPE kube_node_info gauge
kube_node_info{node="node-1",kernel_version="6.1",os_image="Debian",container_runtime_version="containerd://2.0",kubelet_version="v1.35.4",kubeproxy_version="v1.35.4"} 1
# TYPE kube_node_status_capacity gauge
kube_node_status_capacity{node="node-1",resource="pods",unit="integer"} 110
kube_node_status_capacity{node="node-1",resource="cpu",unit="core"} 2
kube_node_status_capacity{node="node-1",resource="memory",unit="byte"} 8589934592
# TYPE kube_node_status_allocatable gauge
kube_node_status_allocatable{node="node-1",resource="pods",unit="integer"} 108
kube_node_status_allocatable{node="node-1",resource="cpu",unit="core"} 2
kube_node_status_allocatable{node="node-1",resource="memory",unit="byte"} 8000000000
# TYPE kube_node_spec_unschedulable gauge
kube_node_spec_unschedulable{node="node-1"} 0
# TYPE kube_node_status_condition gauge
kube_node_status_condition{node="node-1",condition="Ready",status="true"} 1
`;

/** Serves the fixture at `/metrics` of a free port on loopback. It stands in for kube-state-metrics. */
export async function serveKubeStateMetrics(): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8').end(KUBE_STATE_METRICS));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}
