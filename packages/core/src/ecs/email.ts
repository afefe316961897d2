// Generated from @elastic/ecs 9.4.0 by "npm run fields". Do not edit. See NOTICE.
import { date, keyword, long, matchOnlyText, nested, wildcard } from '../fields/builders.ts';
import { fieldSet } from './fieldSet.ts';

/** The ECS fields below `email`. */
export const email = /* @__PURE__ */ fieldSet(() => ({
  'email.attachments': nested(),
  'email.attachments.file.extension': keyword(),
  'email.attachments.file.hash.cdhash': keyword(),
  'email.attachments.file.hash.md5': keyword(),
  'email.attachments.file.hash.sha1': keyword(),
  'email.attachments.file.hash.sha256': keyword(),
  'email.attachments.file.hash.sha384': keyword(),
  'email.attachments.file.hash.sha512': keyword(),
  'email.attachments.file.hash.ssdeep': keyword(),
  'email.attachments.file.hash.tlsh': keyword(),
  'email.attachments.file.mime_type': keyword(),
  'email.attachments.file.name': keyword(),
  'email.attachments.file.size': long(),
  'email.bcc.address': keyword(),
  'email.cc.address': keyword(),
  'email.content_type': keyword(),
  'email.delivery_timestamp': date(),
  'email.direction': keyword(),
  'email.from.address': keyword(),
  'email.local_id': keyword(),
  'email.message_id': wildcard(),
  'email.origination_timestamp': date(),
  'email.reply_to.address': keyword(),
  'email.sender.address': keyword(),
  'email.subject': keyword({ fields: { text: matchOnlyText() } }),
  'email.to.address': keyword(),
  'email.x_mailer': keyword(),
}));
