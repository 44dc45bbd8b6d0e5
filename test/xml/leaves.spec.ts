import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventsOf, refusalOf } from './reading.js';

/**
 * In XML 1.1 every element goes through the parser, in XML 1.0 plain leaves go past it. For text without control characters
 * and U+2028 both versions mean the same, so the two readings must tell of the same events in the same lines.
 */
const inVersion = (version: '1.0' | '1.1', body: string) => `<?xml version="${version}"?>${body}`;

async function outcome(content: string): Promise<string | string[]> {
  const refusal = await refusalOf(() => eventsOf(content));
  return refusal === '' ? eventsOf(content) : refusal;
}

const space = fc.constantFrom('', '', '\n', ' ', '\r\n', '\r', '\t\n  ', '\n\n');
const text = fc
  .array(
    fc.constantFrom(
      '',
      '1',
      '采煤',
      ']',
      ']]',
      '>',
      '&lt;',
      '&#10;',
      '\n',
      '\r\n',
      '𠀀',
      '（）',
      '\u00a0',
      '<![CDATA[<b>]]>',
      '<!-- <c> -->',
      '<?x <b>1</b>?>',
    ),
    {
      maxLength: 3,
    },
  )
  .map((parts) => parts.join(''));
const name = fc.constantFrom('b', 'bb', 'c', 'p:b', '部门', '金额');
const leaf = fc.oneof(
  fc.tuple(name, text).map(([tag, content]) => `<${tag}>${content}</${tag}>`),
  fc.tuple(name, space).map(([tag, blank]) => `<${tag}${blank}/>`),
  fc.tuple(name, text, space).map(([tag, content, blank]) => `<${tag} x=">"${blank}>${content}</${tag}${blank}>`),
);
const body = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(
      name,
      fc.array(fc.tuple(space, fc.oneof({ weight: 5, arbitrary: leaf }, tie('element'))), { maxLength: 6 }),
      space,
    )
    .map(([tag, children, end]) => `<${tag}>${children.flat().join('')}${end}</${tag}>`),
})).element;
/** A place that is spoilt: what is cut out there, and what is put in. */
const spoilt = fc.record({
  at: fc.nat(),
  cut: fc.nat({ max: 3 }),
  put: fc.constantFrom('', '', '<', '>', '/', '&', ']]>', '"', '</b>', '<b>', '<b/>', ' '),
});

describe('leaves taken past the parser', () => {
  it('are those that the parser would have told of', async () => {
    const tally = { good: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(body, fc.option(spoilt), async (good, fault) => {
        const at = fault === null ? 0 : fault.at % good.length;
        const content = fault === null ? good : good.slice(0, at) + fault.put + good.slice(at + fault.cut);
        const fast = await outcome(inVersion('1.0', content));
        tally[Array.isArray(fast) ? 'good' : 'refused']++;
        expect(fast).toEqual(await outcome(inVersion('1.1', content)));
      }),
      { numRuns: 250 },
    );
    // Both must be met, or this proves little.
    expect(Math.min(tally.good, tally.refused)).toBeGreaterThan(40);
  });

  it('at any border between the pieces of a file', async () => {
    // Pieces are of 256 KiB; the blank in front moves the border over every place of an element, one after the other.
    const elements = '<b>1</b>\r\n<采>2]</采>\n<bb/>'.repeat(12_000);
    for (let blank = 0; blank < 34; blank += 3) {
      const content = `<a>${' '.repeat(blank)}${elements}</a>`;
      const [fast, slow] = [await eventsOf(inVersion('1.0', content)), await eventsOf(inVersion('1.1', content))];
      expect(fast.join('\n') === slow.join('\n')).toBe(true);
    }
  });
});
