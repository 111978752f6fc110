import { cardRows, NOT_IMITATED } from './about.js';
import { startSandbox } from './sandbox.js';
import { RIGHT_CODE } from './scenarios.js';
import { CREDENTIALS, DEFAULT_GLOBALPAY_CALLBACK_URL } from './settings.js';

/** Runs the sandbox alone, and says what a merchant's server needs to know to use it. */
const port = Number(process.env['SANDBOX_PORT'] ?? 8090);
const globalpayCallbackUrl = process.env['SANDBOX_GLOBALPAY_CALLBACK_URL'] ?? DEFAULT_GLOBALPAY_CALLBACK_URL;

try {
  const sandbox = await startSandbox({ port, globalpayCallbackUrl });
  console.log(introduction(sandbox.url));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close());
  }
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'ERR_SOCKET_BAD_PORT') throw error;
  console.error(`The sandbox cannot listen on SANDBOX_PORT ${port} (${code}). Choose another port.`);
  process.exitCode = 1;
}

function introduction(url: string): string {
  const settings = {
    PROCARD_API_URL: `${url}/procard/api/`,
    PROCARD_MERCHANT_ID: CREDENTIALS.procardMerchantId,
    PROCARD_SECRET_KEY: CREDENTIALS.procardSecret,
    GOOGLE_PAY_GATEWAY_MERCHANT_ID: CREDENTIALS.gatewayMerchantId,
    GLOBALPAY_API_URL: `${url}/globalpay/checkout`,
    GLOBALPAY_USERNAME: CREDENTIALS.globalpayUsername,
    GLOBALPAY_PASSWORD: CREDENTIALS.globalpayPassword,
    GLOBALPAY_SERVICE_ID: CREDENTIALS.globalpayServiceId,
  };
  return [
    `Payment sandbox: ${url}/`,
    '',
    'Settings of a server that uses it',
    ...table(Object.entries(settings)),
    '',
    `GlobalPay calls back at ${globalpayCallbackUrl} (SANDBOX_GLOBALPAY_CALLBACK_URL).`,
    `Google Pay for the page: <script src="${url}/google-pay/pay.js"></script>`,
    '',
    `Cards (the code of every SMS and bank is ${RIGHT_CODE})`,
    ...table(cardRows()),
    '',
    'Not imitated',
    ...NOT_IMITATED.map((sentence) => `  - ${sentence}`),
  ].join('\n');
}

function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
