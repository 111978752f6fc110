import { cardRows, exampleOf, LOOK_INSIDE, merchantSettings, NOT_IMITATED, PROVIDER_NAMES } from './about.js';
import { RIGHT_CODE } from './scenarios.js';
import type { Credentials } from './settings.js';

const WIDTH = 96;

/** What `npm run sandbox` prints: all that somebody needs who points a server at it, in lines of at most 96 characters. */
export function introduction(
  origin: string,
  options: { credentials: Credentials; globalpayCallbackUrl: string },
): string {
  const example = JSON.stringify(exampleOf('answer_lost'));
  return [
    `Payment sandbox: ${origin}/`,
    '',
    'Settings of a server that uses it',
    ...table(merchantSettings(origin, options.credentials)),
    '',
    'Callbacks',
    ...table([
      ['ProcardPay', 'to the callback_url of the purchase'],
      ['GlobalPay', `to ${options.globalpayCallbackUrl} (SANDBOX_GLOBALPAY_CALLBACK_URL)`],
    ]),
    '',
    'Google Pay in a page',
    `  <script src="${origin}/google-pay/pay.js"></script>`,
    ...(['procard', 'globalpay'] as const).flatMap((provider) => [
      '',
      `Cards of ${PROVIDER_NAMES[provider]}`,
      ...table(cardRows(provider)),
    ]),
    `  Every SMS and every bank asks for the code ${RIGHT_CODE}. Cards are good until any month to come.`,
    '',
    'Look inside',
    ...table(LOOK_INSIDE.map(([path, what]) => [`${origin}${path}`, what])),
    '',
    'Let something go wrong, or start afresh',
    `  curl -X POST ${origin}/control/faults \\`,
    `    -d '${example}'`,
    `  curl -X POST ${origin}/control/reset`,
    '',
    'Not imitated',
    ...NOT_IMITATED.flatMap((sentence) => wrapped(sentence, WIDTH - 4)).map(
      ([bullet, line]) => `  ${bullet} ${line}`,
    ),
    '',
    'All of it, with a payment to type along: SANDBOX.md',
  ].join('\n');
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}

/** Lines of at most this many characters; the first has a bullet before it. */
function wrapped(sentence: string, width: number): [bullet: string, line: string][] {
  const lines: string[] = [];
  for (const word of sentence.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line, index) => [index === 0 ? '-' : ' ', line]);
}
