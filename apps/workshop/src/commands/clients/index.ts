import { callControl } from '../../control/client.ts';
import { columns } from '../../terminal/table.ts';
import type { CommandAction } from '../command.ts';
import { wholeNumber } from '../usageError.ts';

/** `podscope clients list` */
export const list: CommandAction = async ({ control, output }) => {
  const { clients } = await control.state();
  output.result({ clients }, () => columns(['ID', 'ADDRESS', 'RATE', 'USER AGENT'], clients.map((each) => [each.id, each.address, `${each.rate}/s`, each.userAgent])));
  return 0;
};

/** `podscope clients stop <id>` */
export const stop: CommandAction = async ({ control, output }, [id = '']) => {
  await control.stopClient(id);
  output.result({ id }, () => [`client ${id} stopped`]);
  return 0;
};

/** `podscope clients rate <rate>`: of the visitors, all together. */
export const rate: CommandAction = async ({ environment, output }, [text]) => {
  const wanted = wholeNumber(text, 'The rate', 0, 2000);
  await callControl(environment.runDir, 'POST', '/v1/visitors/rate', { rate: wanted });
  output.result({ rate: wanted }, () => [`visitors send ${wanted} requests in a second`]);
  return 0;
};
