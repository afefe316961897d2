/** What CloudFormation asks for with its caller's rights, to make, change, look at and delete a type of resource. */
export interface TypeRights {
  /** As the type's schema names them, in all of its handlers and for its tags. */
  readonly actions: readonly string[];
  /** What the schema names, too, for properties that no template here has: reason by action. */
  readonly unused?: Readonly<Record<string, string>>;
}

const NO_IP6 = 'no address range of IPv6';
const LATTICE = 'no endpoint of VPC Lattice';
const NO_MANAGED_KEY = 'keys that AWS owns encrypt it';
const OTHER_GATEWAY = 'no VPN gateway';

/**
 * By type. The schemas (`handlers.*.permissions`, `tagging.permissions`) are those of CloudFormation's registry; cfn-lint ships them, and a
 * test compares this table with them, action by action, and with the types of all templates.
 */
export const STACK_TYPES: Readonly<Record<string, TypeRights>> = {
  'AWS::Budgets::Budget': { actions: ['billing:GetBillingViewData', 'budgets:ListTagsForResource', 'budgets:ModifyBudget', 'budgets:TagResource', 'budgets:UntagResource', 'budgets:ViewBudget'] },
  'AWS::EC2::EIP': {
    actions: ['ec2:AllocateAddress', 'ec2:CreateTags', 'ec2:DeleteTags', 'ec2:DescribeAddresses', 'ec2:DescribeTags', 'ec2:ReleaseAddress'],
    unused: { 'ec2:AcceptAddressTransfer': 'no address of another account', 'ec2:AssociateAddress': 'the NAT gateway takes it', 'ec2:DisassociateAddress': 'the NAT gateway gives it back' },
  },
  'AWS::EC2::FlowLog': {
    actions: ['ec2:CreateFlowLogs', 'ec2:CreateTags', 'ec2:DeleteFlowLogs', 'ec2:DeleteTags', 'ec2:DescribeFlowLogs', 'ec2:DescribeTags', 'iam:PassRole'],
    unused: { 'autoscaling:DescribeTags': 'no logs of auto scaling groups', 'iam:CreateServiceLinkedRole': 'for logs in S3 only', 'logs:CreateLogDelivery': 'for logs in S3 only', 'logs:DeleteLogDelivery': 'for logs in S3 only', 's3:GetBucketPolicy': 'no bucket', 's3:PutBucketPolicy': 'no bucket' },
  },
  'AWS::EC2::InternetGateway': { actions: ['ec2:CreateInternetGateway', 'ec2:CreateTags', 'ec2:DeleteInternetGateway', 'ec2:DeleteTags', 'ec2:DescribeInternetGateways'] },
  'AWS::EC2::LaunchTemplate': { actions: ['ec2:CreateLaunchTemplate', 'ec2:CreateLaunchTemplateVersion', 'ec2:CreateTags', 'ec2:DeleteLaunchTemplate', 'ec2:DeleteTags', 'ec2:DescribeLaunchTemplates'] },
  'AWS::EC2::NatGateway': {
    actions: ['ec2:CreateNatGateway', 'ec2:CreateTags', 'ec2:DeleteNatGateway', 'ec2:DeleteTags', 'ec2:DescribeNatGateways'],
    unused: { 'ec2:AssignPrivateNatGatewayAddress': 'one address', 'ec2:AssociateNatGatewayAddress': 'one address', 'ec2:DisassociateNatGatewayAddress': 'one address', 'ec2:UnassignPrivateNatGatewayAddress': 'one address' },
  },
  'AWS::EC2::Route': { actions: ['ec2:CreateRoute', 'ec2:DeleteRoute', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeRouteTables', 'ec2:ReplaceRoute'] },
  'AWS::EC2::RouteTable': { actions: ['ec2:CreateRouteTable', 'ec2:CreateTags', 'ec2:DeleteRouteTable', 'ec2:DeleteTags', 'ec2:DescribeRouteTables'] },
  'AWS::EC2::SecurityGroup': {
    actions: [
      'ec2:AuthorizeSecurityGroupEgress', 'ec2:AuthorizeSecurityGroupIngress', 'ec2:CreateSecurityGroup', 'ec2:CreateTags', 'ec2:DeleteSecurityGroup', 'ec2:DeleteTags', 'ec2:DescribeInstances', 'ec2:DescribeSecurityGroups',
      'ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress', 'ec2:UpdateSecurityGroupRuleDescriptionsEgress', 'ec2:UpdateSecurityGroupRuleDescriptionsIngress',
    ],
  },
  'AWS::EC2::Subnet': {
    actions: ['ec2:CreateSubnet', 'ec2:CreateTags', 'ec2:DeleteSubnet', 'ec2:DeleteTags', 'ec2:DescribeNetworkAcls', 'ec2:DescribeSubnets', 'ec2:ModifySubnetAttribute'],
    unused: { 'ec2:AssociateSubnetCidrBlock': NO_IP6, 'ec2:DisassociateSubnetCidrBlock': NO_IP6 },
  },
  'AWS::EC2::SubnetRouteTableAssociation': { actions: ['ec2:AssociateRouteTable', 'ec2:DescribeRouteTables', 'ec2:DescribeSubnets', 'ec2:DisassociateRouteTable', 'ec2:ReplaceRouteTableAssociation'] },
  'AWS::EC2::VPC': {
    actions: ['ec2:CreateTags', 'ec2:CreateVpc', 'ec2:DeleteTags', 'ec2:DeleteVpc', 'ec2:DescribeNetworkAcls', 'ec2:DescribeSecurityGroups', 'ec2:DescribeVpcAttribute', 'ec2:DescribeVpcEncryptionControls', 'ec2:DescribeVpcs', 'ec2:ModifyVpcAttribute'],
    unused: { 'ec2:CreateVpcEncryptionControl': 'no control of that kind', 'ec2:ModifyVpcTenancy': 'its tenancy stays' },
  },
  'AWS::EC2::VPCEndpoint': {
    actions: ['ec2:CreateTags', 'ec2:CreateVpcEndpoint', 'ec2:DeleteTags', 'ec2:DeleteVpcEndpoints', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcEndpoints', 'ec2:DescribeVpcs', 'ec2:ModifyVpcEndpoint'],
    unused: { 'vpc-lattice:CreateServiceNetworkVpcEndpointAssociation': LATTICE, 'vpc-lattice:DescribeServiceNetworkVpcEndpointAssociation': LATTICE, 'vpce:AllowMultiRegion': 'no endpoint into another region' },
  },
  'AWS::EC2::VPCGatewayAttachment': {
    actions: ['ec2:AttachInternetGateway', 'ec2:DescribeInternetGateways', 'ec2:DescribeVpnGateways', 'ec2:DetachInternetGateway'],
    unused: { 'ec2:AttachVpnGateway': OTHER_GATEWAY, 'ec2:DetachVpnGateway': OTHER_GATEWAY },
  },
  'AWS::EKS::AccessEntry': { actions: ['eks:AssociateAccessPolicy', 'eks:CreateAccessEntry', 'eks:DeleteAccessEntry', 'eks:DescribeAccessEntry', 'eks:DisassociateAccessPolicy', 'eks:ListAssociatedAccessPolicies', 'eks:TagResource', 'eks:UntagResource', 'eks:UpdateAccessEntry'] },
  'AWS::EKS::Addon': {
    actions: [
      'eks:CreateAddon', 'eks:CreatePodIdentityAssociation', 'eks:DeleteAddon', 'eks:DeletePodIdentityAssociation', 'eks:DescribeAddon', 'eks:DescribeUpdate', 'eks:TagResource', 'eks:UntagResource', 'eks:UpdateAddon', 'eks:UpdatePodIdentityAssociation',
      'iam:GetRole', 'iam:PassRole',
    ],
  },
  'AWS::EKS::Cluster': {
    actions: [
      'ec2:DescribeSubnets', 'ec2:DescribeVpcs', 'eks:CreateAccessEntry', 'eks:CreateCluster', 'eks:DeleteCluster', 'eks:DescribeCluster', 'eks:DescribeUpdate', 'eks:TagResource', 'eks:UntagResource', 'eks:UpdateClusterConfig', 'eks:UpdateClusterVersion',
      'iam:CreateServiceLinkedRole', 'iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:PassRole',
    ],
    unused: {
      'eks:ActivateCertificateAuthority': 'its authority stays',
      ...Object.fromEntries(['AddRoleToInstanceProfile', 'CreateInstanceProfile', 'DeleteInstanceProfile', 'GetInstanceProfile', 'RemoveRoleFromInstanceProfile', 'TagInstanceProfile'].map((action) => [`iam:${action}`, 'of EKS Auto Mode; nodes are of a group here'])),
      'kms:CreateGrant': NO_MANAGED_KEY, 'kms:DescribeKey': NO_MANAGED_KEY,
    },
  },
  'AWS::EKS::Nodegroup': {
    actions: [
      'ec2:CreateTags', 'ec2:DeleteTags', 'ec2:DescribeLaunchTemplateVersions', 'ec2:DescribeLaunchTemplates', 'ec2:DescribeRouteTables', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs', 'ec2:RunInstances',
      'eks:CreateNodegroup', 'eks:DeleteNodegroup', 'eks:DescribeNodegroup', 'eks:DescribeUpdate', 'eks:ListUpdates', 'eks:TagResource', 'eks:UntagResource', 'eks:UpdateNodegroupConfig', 'eks:UpdateNodegroupVersion',
      'iam:CreateServiceLinkedRole', 'iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:PassRole',
    ],
    unused: { 'ec2:DescribeKeyPairs': 'no node has an SSH key' },
  },
  'AWS::EKS::PodIdentityAssociation': { actions: ['eks:CreatePodIdentityAssociation', 'eks:DeletePodIdentityAssociation', 'eks:DescribePodIdentityAssociation', 'eks:TagResource', 'eks:UntagResource', 'eks:UpdatePodIdentityAssociation', 'iam:GetRole', 'iam:PassRole'] },
  'AWS::IAM::OIDCProvider': {
    actions: ['iam:CreateOpenIDConnectProvider', 'iam:DeleteOpenIDConnectProvider', 'iam:GetOpenIDConnectProvider', 'iam:ListOpenIDConnectProviderTags', 'iam:TagOpenIDConnectProvider', 'iam:UntagOpenIDConnectProvider'],
    unused: { 'iam:AddClientIDToOpenIDConnectProvider': 'its clients stay', 'iam:RemoveClientIDFromOpenIDConnectProvider': 'its clients stay', 'iam:UpdateOpenIDConnectProviderThumbprint': 'IAM checks the certificate itself' },
  },
  'AWS::IAM::Policy': {
    actions: ['iam:DeleteRolePolicy', 'iam:GetRolePolicy', 'iam:PutRolePolicy'],
    unused: Object.fromEntries(['DeleteGroupPolicy', 'DeleteUserPolicy', 'GetGroupPolicy', 'GetUserPolicy', 'PutGroupPolicy', 'PutUserPolicy'].map((action) => [`iam:${action}`, 'policies of roles only'])),
  },
  'AWS::IAM::Role': {
    actions: [
      'iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies', 'iam:ListRoleTags', 'iam:PutRolePolicy',
      'iam:TagRole', 'iam:UntagRole', 'iam:UpdateAssumeRolePolicy', 'iam:UpdateRole', 'iam:UpdateRoleDescription',
    ],
    unused: { 'iam:DeleteRolePermissionsBoundary': 'no role has one', 'iam:PutRolePermissionsBoundary': 'no role has one' },
  },
  'AWS::Logs::LogGroup': {
    actions: ['logs:CreateLogGroup', 'logs:DeleteLogGroup', 'logs:DescribeIndexPolicies', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:GetDataProtectionPolicy', 'logs:ListTagsForResource', 'logs:PutRetentionPolicy', 'logs:TagResource', 'logs:UntagResource'],
    unused: {
      'logs:AssociateKmsKey': NO_MANAGED_KEY, 'logs:DisassociateKmsKey': NO_MANAGED_KEY, 'logs:DeleteRetentionPolicy': 'each has one', 'logs:PutLogGroupDeletionProtection': 'it is to go', 'logs:PutBearerTokenAuthentication': 'nobody writes with a token',
      ...Object.fromEntries(['logs:DeleteDataProtectionPolicy', 'logs:PutDataProtectionPolicy', 'logs:CreateLogDelivery', 's3:REST.PUT.OBJECT', 'firehose:TagDeliveryStream'].map((action) => [action, 'no data protection policy'])),
      ...Object.fromEntries(['logs:PutIndexPolicy', 'logs:DeleteIndexPolicy'].map((action) => [action, 'no index of fields'])),
      ...Object.fromEntries(['logs:PutResourcePolicy', 'logs:DeleteResourcePolicy'].map((action) => [action, 'no policy in the template'])),
    },
  },
  'AWS::Scheduler::Schedule': { actions: ['iam:PassRole', 'scheduler:CreateSchedule', 'scheduler:DeleteSchedule', 'scheduler:GetSchedule', 'scheduler:UpdateSchedule'] },
  'AWS::Scheduler::ScheduleGroup': { actions: ['scheduler:CreateScheduleGroup', 'scheduler:DeleteSchedule', 'scheduler:DeleteScheduleGroup', 'scheduler:GetScheduleGroup', 'scheduler:ListTagsForResource', 'scheduler:TagResource', 'scheduler:UntagResource'] },
  'AWS::StepFunctions::StateMachine': {
    actions: ['iam:PassRole', 'states:CreateStateMachine', 'states:DeleteStateMachine', 'states:DescribeStateMachine', 'states:ListTagsForResource', 'states:TagResource', 'states:UntagResource', 'states:UpdateStateMachine'],
    unused: { 'kms:Decrypt': NO_MANAGED_KEY, 'kms:DescribeKey': NO_MANAGED_KEY, 'kms:GenerateDataKey': NO_MANAGED_KEY, 's3:GetObject': 'its definition is in the template', 's3:GetObjectVersion': 'its definition is in the template' },
  },
};
