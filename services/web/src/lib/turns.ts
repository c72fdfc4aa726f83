// SPDX-License-Identifier: Apache-2.0
// Pieces of long work, one a frame: what is done is seen before the next begins.

const painted = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

let last: Promise<void> = Promise.resolve();

/** Does the work when all that came before is done and seen. It must not throw. */
export function inTurn(work: () => void): void {
  last = last.then(work).then(painted);
}
