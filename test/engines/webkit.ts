import { eventually, type EngineBrowser, type Target } from './browser.js';
import { startWebKit, type Session } from './webkitgtk.mjs';

export async function openWebKit(): Promise<EngineBrowser> {
  const webkit = await startWebKit();
  const first = await webkit.newSession();
  await first.close();
  return {
    version: first.version,
    async newTab() {
      const session = await webkit.newSession();
      return {
        goto: async (url) => void (await session.send('POST', '/url', { url })),
        reload: async () => void (await session.send('POST', '/refresh', {})),
        async evaluate(expression) {
          await session.send('POST', '/frame', { id: null });
          return session.send('POST', '/execute/sync', { script: `return ${expression}`, args: [] });
        },
        click: (target) => click(session, target),
        // WebDriver's own typing takes a field for unfocusable whose frame is in a shadow tree.
        async type(target, text) {
          await click(session, target);
          const actions = [...text].flatMap((value) => [
            { type: 'keyDown', value },
            { type: 'keyUp', value },
          ]);
          await session.send('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
        },
        close: async () => void (await session.close()),
      };
    },
    close: () => webkit.close(),
  };
}

async function click(session: Session, target: Target): Promise<void> {
  await eventually(target.selector, async () => {
    await session.send('POST', '/frame', { id: null });
    for (const frame of target.frames ?? []) {
      await session.send('POST', '/frame', { id: await find(session, frame) });
    }
    const element = await find(session, target.selector);
    await session.send('POST', `/element/${Object.values(element)[0]}/click`, {});
    return true;
  });
}

/** WebDriver's own search does not look into shadow trees. */
const FIND = `
  const trees = [document];
  for (const tree of trees) {
    const found = tree.querySelector(arguments[0]);
    if (found) return found;
    for (const { shadowRoot } of tree.querySelectorAll('*')) if (shadowRoot) trees.push(shadowRoot);
  }`;

/** WebDriver's reference to the element: an object of one entry. */
async function find(session: Session, selector: string): Promise<object> {
  const found = await session.send('POST', '/execute/sync', { script: FIND, args: [selector] });
  if (typeof found !== 'object' || found === null) throw new Error(`There is no ${selector}`);
  return found;
}
