import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import { accountAt } from './processes/account.js';

const { PROCARD_MERCHANT_ID: merchant = '', PROCARD_SECRET_KEY: key = '' } = accountAt('');

/** As many connections as a provider may keep. */
const provider = new Agent({ connections: 64, keepAliveTimeout: 1_000, keepAliveMaxTimeout: 1_000 });

/** Tells the server that something happened to a payment, as ProcardPay would. `number` makes it a callback of its own. */
export async function callBack(url: string, reference: string, number: number): Promise<number> {
  const signed = [merchant, reference, '125.00', 'UAH'].join(';');
  const body = {
    ...{ merchantAccount: merchant, orderReference: reference, amount: '125.00', currency: 'UAH', number },
    merchantSignature: createHmac('sha512', key).update(signed).digest('hex'),
  };
  const response = await request(`${url}/pay/callbacks/procard`, {
    method: 'POST',
    body: JSON.stringify(body),
    dispatcher: provider,
  });
  await response.body.dump();
  return response.statusCode;
}
