import { date, defineFields, findField, keyword, mappingOf, short, text } from '@podscope/core';

const access = defineFields({
  '@timestamp': date({ required: true }),
  'http.response.status_code': short(),
  message: text({ fields: { keyword: keyword() } }),
});

console.log(JSON.stringify(mappingOf(access), null, 2));
const found = findField(access, 'message.keyword');
console.log(`message.keyword is a ${found?.type} field`);
if (found?.type !== 'keyword') process.exitCode = 1;
