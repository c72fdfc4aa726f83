// SPDX-License-Identifier: Apache-2.0
// A chart as a file: drawn again off the page, with its title and legend, in the theme of the moment.
import { loadECharts } from './load';
import type { Drawing, LegendItem } from './shape';
import type { ChartTheme } from './theme';

const width = 1200;
const margin = 28;

export interface Picture {
  title: string;
  note: string;
  drawing: (width: number) => Drawing;
  legend: readonly LegendItem[];
  theme: ChartTheme;
}

function download(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function textBlock({ title, note, legend, theme }: Picture) {
  const rich: Record<string, object> = {
    t: { fontSize: 20, fontWeight: 600, color: theme.ink, lineHeight: 30 },
    n: { fontSize: 13, color: theme.ink2, lineHeight: 20, width: width - 2 * margin },
    l: { fontSize: 12, color: theme.ink2, lineHeight: 24 },
  };
  const plain = (text: string) => text.replace(/[{}|]/g, ' ');
  const names = legend.map(({ label, color }, at) => {
    rich[`c${at}`] = { fontSize: 14, color, lineHeight: 24 };
    return `{c${at}|■} {l|${plain(label)}}   `;
  });
  const rows: string[] = [];
  for (let at = 0; at < names.length; at += 7) rows.push(names.slice(at, at + 7).join(''));
  const words = wrap(plain(note), 150).map((line) => `{n|${line}}`);
  return {
    height: 30 + words.length * 20 + rows.length * 24 + 12,
    text: [`{t|${plain(title)}}`, ...words, ...rows].join('\n'),
    rich,
  };
}

function wrap(text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + word.length + 1 > most) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.filter((line) => line !== '');
}

export async function savePicture(picture: Picture, kind: 'svg' | 'png', name: string) {
  const { init } = await loadECharts();
  const inner = picture.drawing(width - 2 * margin);
  const block = textBlock(picture);
  const top = margin + block.height;
  const height = top + inner.height + margin;
  const element = document.createElement('div');
  const chart = init(element, null, {
    renderer: kind === 'svg' ? 'svg' : 'canvas',
    width,
    height,
    devicePixelRatio: 2,
  });
  const option = inner.option();
  const { grid, title } = option;
  const scale = (value: unknown): number =>
    typeof value === 'string' && value.endsWith('%')
      ? (Number.parseFloat(value) / 100) * inner.height
      : Number(value ?? 0);
  const grids = (Array.isArray(grid) ? grid : [grid ?? {}]).map((each) => ({
    ...each,
    left: margin + scale(each.left),
    right: margin + scale(each.right),
    top: top + scale(each.top),
    ...(each.height === undefined
      ? { bottom: margin + scale(each.bottom) }
      : { height: scale(each.height) }),
  }));
  const titles = (Array.isArray(title) ? title : title ? [title] : []).map((each) => ({
    ...each,
    left: margin,
    top: top + scale(each.top),
  }));
  chart.setOption({
    ...option,
    backgroundColor: picture.theme.canvas,
    grid: grids,
    title: [
      { left: margin - 5, top: margin - 8, text: block.text, textStyle: { rich: block.rich } },
      ...titles,
    ],
  });
  const url =
    kind === 'svg'
      ? URL.createObjectURL(new Blob([chart.renderToSVGString()], { type: 'image/svg+xml' }))
      : await new Promise<string>((resolve, reject) => {
          chart.renderToCanvas({ pixelRatio: 2 }).toBlob((blob) => {
            if (blob) resolve(URL.createObjectURL(blob));
            else reject(new Error('the browser made no picture'));
          }, 'image/png');
        });
  chart.dispose();
  download(url, `${name}.${kind}`);
}
