"""Starts moto_server with what the tests of Podscope need of it, and moto has no setting for."""

import json
import os
import re

import moto.iam.models as iam
import moto.server
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.nat_gateways import NatGateway
from moto.ec2.models.vpcs import VPCEndPoint

# Of the 1,400 policies that AWS manages, those that have to do with what the target makes: with all of them each reset of moto takes
# seconds. An attachment of another one is refused, as one of a policy that does not exist.
KEPT = re.compile("Amazon(EKS|EC2Container|EBS|ES|OpenSearch|SSM|VPC)|CloudWatch|AWSBudgets|ElasticLoadBalancing|AdministratorAccess$")
iam.aws_managed_policies_data = json.dumps({name: policy for name, policy in json.loads(iam.aws_managed_policies_data).items() if KEPT.match(name)})

# Interfaces that a service has put into a subnet: they are in use, and not their owner's to delete. To moto all are free. The stand-in
# marks those that it makes for a service, for a moment, with this at the beginning of their description.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html
IN_USE = "in use: "


def after(made, then):
    make = made.__init__

    def init(self, *given, **named):
        make(self, *given, **named)
        then(self)

    made.__init__ = init


def take(interface, description):
    interface.description = description
    interface.status = "in-use"
    interface.requester_managed = True


after(NetworkInterface, lambda self: self.description.startswith(IN_USE) and take(self, self.description.removeprefix(IN_USE)))
after(NatGateway, lambda self: take(self._eni, f"Interface for NAT Gateway {self.id}"))
after(VPCEndPoint, lambda self: [take(self.ec2_backend.enis[each], f"VPC Endpoint Interface {self.id}") for each in self.network_interface_ids])

# Nothing of it is kept: to wait for threads that still answer is of no use.
moto.server.signal_handler = lambda *_: os._exit(0)
moto.server.main()
