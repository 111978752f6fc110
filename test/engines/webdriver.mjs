/** How long a driver may load a page before it gives up with an error of its own; the standard's own limit is 300 s. */
export const PAGE_LOAD_MS = 45_000;
/** A driver that takes longer than it may for anything will not answer any more. */
const ANSWERS_WITHIN_MS = 60_000;

/**
 * A command of the WebDriver standard. Throws where the driver refuses it, and where it does not answer: one that waits
 * for a page which is gone would let a test wait with it.
 *
 * @param {string} url
 * @param {'POST' | 'DELETE'} method
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export async function command(url, method, body) {
  const what = `WebKit’s driver, ${method} ${new URL(url).pathname}`;
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
  const request = { method, signal, ...(body && { body: JSON.stringify(body) }) };
  const { ok, value } = await fetch(url, request)
    .then(async (response) => ({ ok: response.ok, ...(await response.json()) }))
    .catch((cause) => {
      throw new Error(`${what}: no answer`, { cause });
    });
  if (!ok) throw new Error(`${what}: ${value.error}: ${value.message}`);
  return value;
}
