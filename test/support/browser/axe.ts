import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';

const { axe } = window as unknown as {
  axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };
};

/** What axe finds against WCAG 2.2 AA and its own best practice, as lines; also what it leaves off by itself. */
export async function axeProblems(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The same on a light page and on a dark one, as the element's page says by `color-scheme`. */
export async function axeProblemsInBothSchemes(element: Element): Promise<string[]> {
  const page = document.documentElement;
  const problems: string[] = [];
  for (const scheme of ['light', 'dark']) {
    page.style.cssText = `color-scheme: ${scheme}; background: Canvas; color: CanvasText`;
    problems.push(...(await axeProblems(element)).map((problem) => `${scheme} page: ${problem}`));
  }
  page.style.cssText = '';
  return problems;
}
