import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startServer, type ServerOptions } from '../server-stub/server.js';
import { pages } from './pages.js';
import { startSandbox } from './sandbox/sandbox.js';
import { CREDENTIALS } from './sandbox/settings.js';
import { Shop, shopRoutes } from './shop.js';

/** `ports`: the sandbox's clock, too. */
export interface DemoOptions extends Pick<ServerOptions, 'ports' | 'limits'> {
  /** 0 takes any free port. */
  shopPort: number;
  /** 0 takes any free port. */
  sandboxPort: number;
  /** Where the server keeps its payments. */
  dataDir: string;
}

export interface Demo {
  /** `http://localhost:8080` */
  readonly shop: string;
  /** `http://127.0.0.1:8090` */
  readonly sandbox: string;
  close(): Promise<void>;
}

/** Starts the sandbox, and the reference server with the shop's pages in it. Rejects if a port is taken. */
export async function startDemo({ shopPort, sandboxPort, dataDir, ...given }: DemoOptions): Promise<Demo> {
  const { ports } = given;
  const sandbox = await startSandbox({ port: sandboxPort, ...(ports && { now: () => ports.now() }) });
  try {
    const orders = new Shop();
    const server = await startServer({
      env: {
        PORT: String(shopPort),
        DATA_DIR: dataDir,
        LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
        ...settings(sandbox.url),
      },
      ...given,
      orders,
      extra: (app) => {
        app.route('/', shopRoutes(orders));
        app.route('/', pages(sandbox.url));
      },
    });
    sandbox.agreeOnCallback(`${server.url}/pay/callbacks/globalpay`);
    return {
      shop: server.url,
      sandbox: sandbox.url,
      close: async () => {
        await server.close();
        await sandbox.close();
      },
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

/** What a merchant gets from the providers and writes into the environment. */
export function settings(sandbox: string): Record<string, string> {
  return {
    PROCARD_API_URL: `${sandbox}/procard/api/`,
    PROCARD_MERCHANT_ID: CREDENTIALS.procardMerchantId,
    PROCARD_SECRET_KEY: CREDENTIALS.procardSecret,
    GOOGLE_PAY_ENVIRONMENT: 'TEST',
    GOOGLE_PAY_GATEWAY_MERCHANT_ID: CREDENTIALS.gatewayMerchantId,
    GOOGLE_PAY_MERCHANT_NAME: 'Piala',
    GLOBALPAY_API_URL: `${sandbox}/globalpay/checkout`,
    GLOBALPAY_USERNAME: CREDENTIALS.globalpayUsername,
    GLOBALPAY_PASSWORD: CREDENTIALS.globalpayPassword,
    GLOBALPAY_SERVICE_ID: CREDENTIALS.globalpayServiceId,
  };
}

/** `npm start`; with `--dev`, `npm run dev`: the widget is built again whenever its source changes. */
async function main(): Promise<void> {
  try {
    const demo = await startDemo({
      shopPort: Number(process.env['PORT'] ?? 8080),
      sandboxPort: Number(process.env['SANDBOX_PORT'] ?? 8090),
      dataDir: 'data/demo',
    });
    const builder = process.argv.includes('--dev') ? buildOnChange() : undefined;
    console.log(whereToLook(demo));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        builder?.kill();
        void demo.close();
      });
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    const port = 'port' in error ? String(error.port) : '';
    console.error(
      `Port ${port} is taken. Stop the program that uses it, or set PORT (shop) or SANDBOX_PORT to another.`,
    );
    process.exitCode = 1;
  }
}

function buildOnChange(): ChildProcess {
  const vite = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url));
  return spawn(process.execPath, [vite, 'build', '--watch', '--mode', 'classic'], { stdio: 'inherit' });
}

function whereToLook({ shop, sandbox }: Demo): string {
  return [
    '',
    `  Shop       ${shop}/`,
    `  Scenarios  ${shop}/demo/scenarios.html`,
    `  Sandbox    ${sandbox}/`,
    `  Inspector  ${sandbox}/inspector`,
    '',
    '  Ctrl+C stops everything.',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
