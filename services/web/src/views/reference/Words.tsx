// SPDX-License-Identifier: Apache-2.0
// Text of the contract: paragraphs, with `code` between backticks.

function Line({ text }: { text: string }) {
  return text.split(/`([^`]*)`/).map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts keep their places
      <code key={at}>{part}</code>
    ) : (
      part
    ),
  );
}

export function Words({ text, className }: { text: string; className?: string | undefined }) {
  if (text === '') return null;
  return text.split(/\n\s*\n/).map((paragraph) => (
    <p key={paragraph} className={className}>
      <Line text={paragraph.replace(/\s+/g, ' ')} />
    </p>
  ));
}
