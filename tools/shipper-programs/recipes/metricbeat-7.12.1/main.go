// Metricbeat with the modules that Podscope writes configurations for: system, linux, kubernetes, redis and beat. Released binaries
// register some sixty more, whose drivers (databases, clouds) make up most of the build. All else is the released program's: its
// commands, processors, outputs, queues and autodiscover.
package main

import (
	"flag"
	"os"

	"github.com/spf13/pflag"

	"github.com/elastic/beats/v7/libbeat/cmd"
	"github.com/elastic/beats/v7/libbeat/cmd/instance"
	"github.com/elastic/beats/v7/libbeat/common"
	_ "github.com/elastic/beats/v7/libbeat/processors/script"
	"github.com/elastic/beats/v7/libbeat/publisher/processing"
	"github.com/elastic/beats/v7/metricbeat/beater"
	"github.com/elastic/beats/v7/metricbeat/cmd/test"
	_ "github.com/elastic/beats/v7/metricbeat/include/fields"
	_ "github.com/elastic/beats/v7/metricbeat/module/beat"
	_ "github.com/elastic/beats/v7/metricbeat/module/beat/state"
	_ "github.com/elastic/beats/v7/metricbeat/module/beat/stats"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/apiserver"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/container"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/controllermanager"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/event"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/node"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/pod"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/proxy"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/scheduler"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_container"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_cronjob"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_daemonset"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_deployment"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_node"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_persistentvolume"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_persistentvolumeclaim"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_pod"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_replicaset"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_resourcequota"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_service"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_statefulset"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/state_storageclass"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/system"
	_ "github.com/elastic/beats/v7/metricbeat/module/kubernetes/volume"
	_ "github.com/elastic/beats/v7/metricbeat/module/linux"
	_ "github.com/elastic/beats/v7/metricbeat/module/linux/conntrack"
	_ "github.com/elastic/beats/v7/metricbeat/module/linux/iostat"
	_ "github.com/elastic/beats/v7/metricbeat/module/linux/ksm"
	_ "github.com/elastic/beats/v7/metricbeat/module/linux/memory"
	_ "github.com/elastic/beats/v7/metricbeat/module/linux/pageinfo"
	_ "github.com/elastic/beats/v7/metricbeat/module/redis"
	_ "github.com/elastic/beats/v7/metricbeat/module/redis/info"
	_ "github.com/elastic/beats/v7/metricbeat/module/redis/key"
	_ "github.com/elastic/beats/v7/metricbeat/module/redis/keyspace"
	_ "github.com/elastic/beats/v7/metricbeat/module/system"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/core"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/cpu"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/diskio"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/entropy"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/filesystem"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/fsstat"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/load"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/memory"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/network"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/network_summary"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/process"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/process_summary"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/raid"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/service"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/socket"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/socket_summary"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/uptime"
	_ "github.com/elastic/beats/v7/metricbeat/module/system/users"
)

func main() {
	runFlags := pflag.NewFlagSet("metricbeat", pflag.ExitOnError)
	runFlags.AddGoFlag(flag.CommandLine.Lookup("system.hostfs"))
	ecs := processing.WithFields(common.MapStr{"ecs": common.MapStr{"version": "1.8.0"}})
	root := cmd.GenRootCmdWithSettings(beater.DefaultCreator(), instance.Settings{
		RunFlags:      runFlags,
		Name:          "metricbeat",
		HasDashboards: true,
		Processing:    processing.MakeDefaultSupport(true, ecs, processing.WithHost, processing.WithAgentMeta()),
	})
	root.TestCmd.AddCommand(test.GenTestModulesCmd("metricbeat", "", beater.DefaultTestModulesCreator()))
	if err := root.Execute(); err != nil {
		os.Exit(1)
	}
}
