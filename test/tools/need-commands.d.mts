export interface Machine {
  has(command: string): boolean;
  isRoot: boolean;
  install(packages: readonly string[]): void;
}
export function needCommands(names: readonly string[], machine?: Machine): void;
