import type { ProblemCode } from '../../src/contract/index.js';

/** A request that is refused. Becomes a Problem; `detail` names what was wrong and never repeats a value. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  constructor(code: ProblemCode, detail?: string) {
    super(detail ?? code);
    this.code = code;
    this.detail = detail;
  }
}
