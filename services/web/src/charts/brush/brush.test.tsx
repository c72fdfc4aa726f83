// SPDX-License-Identifier: Apache-2.0
// A stretch of a time axis, chosen by keyboard, mouse and finger, over an axis of twelve months of 10 px each.
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { useAnnouncement } from '../../live/announce';
import { monthsAxis } from '../base';
import { BrushMark } from './BrushMark';
import { between, moved, whole } from './stretch';
import { useBrush } from './useBrush';

const months = Array.from({ length: 12 }, (_, at) => `2024-${String(at + 1).padStart(2, '0')}`);
const time = monthsAxis(months);
const categoryAt = (x: number) => Math.floor(x / 10);
const pixelOf = (category: number) => category * 10 + 5;

function Chart({ onPeriod }: { onPeriod: (period: { from: string; to: string }) => void }) {
  const brush = useBrush(time, categoryAt, onPeriod);
  return (
    <>
      <div data-testid="chart" {...brush.pointer}>
        <BrushMark brush={brush} steps={time.steps} pixelOf={pixelOf} />
      </div>
      <button type="button" />
      <output>{useAnnouncement()}</output>
    </>
  );
}

function show() {
  const onPeriod = vi.fn();
  render(<Chart onPeriod={onPeriod} />);
  const chart = screen.getByTestId('chart');
  // jsdom has no pointer capture.
  const setPointerCapture = vi.fn();
  Object.assign(chart, { setPointerCapture });
  return { onPeriod, chart, setPointerCapture };
}

const end = (name: string) => screen.getByRole<HTMLInputElement>('slider', { name });
const first = () => end('First of the period');
const last = () => end('Last of the period');
const move = (slider: HTMLElement, value: number) =>
  fireEvent.change(slider, { target: { value } });
const pointer = (pointerType: string, clientX: number) => ({
  pointerType,
  clientX,
  pointerId: 7,
  isPrimary: true,
  button: 0,
});

describe('by keyboard', () => {
  it('two ends are moved and Enter applies', async () => {
    const { onPeriod } = show();
    await userEvent.tab();
    expect(document.activeElement).toBe(first());
    expect(first().getAttribute('aria-valuetext')).toBe('Jan 2024');
    move(first(), 3);
    expect(first().getAttribute('aria-valuetext')).toBe('Apr 2024');
    await userEvent.tab();
    move(last(), 5);
    expect(screen.getByText('Apr 2024 – Jun 2024')).toBeTruthy();
    await userEvent.keyboard('{Enter}');
    expect(onPeriod).toHaveBeenCalledExactlyOnceWith({ from: '2024-04-01', to: '2024-07-01' });
    expect(screen.getByRole('status').textContent).toBe('Now showing Apr 2024 – Jun 2024');
  });

  it('no end passes the other', async () => {
    show();
    move(last(), 4);
    move(first(), 9);
    expect(first().value).toBe('4');
    move(last(), 0);
    expect(last().value).toBe('4');
  });

  it('Escape gives up, and so does who goes away', async () => {
    const { onPeriod } = show();
    await userEvent.tab();
    move(first(), 3);
    await userEvent.keyboard('{Escape}');
    expect(first().value).toBe('0');
    move(first(), 6);
    await userEvent.tab();
    expect(first().value).toBe('6');
    await userEvent.tab();
    expect(first().value).toBe('0');
    await userEvent.tab({ shift: true });
    await userEvent.keyboard('{Enter}');
    expect(onPeriod).not.toHaveBeenCalled();
  });

  it('the keys are told to who listens and to who looks', async () => {
    show();
    expect(screen.getByRole('group', { name: 'Look closer at a period' })).toBeTruthy();
    const id = first().getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(id)?.textContent).toMatch(/Enter looks closer/);
    expect(document.getElementById(id)?.hidden).toBe(true);
    await userEvent.tab();
    expect(document.getElementById(id)?.hidden).toBe(false);
  });
});

describe.each(['mouse', 'touch'])('by %s', (kind) => {
  it('a drag is the period under it, in whichever direction', () => {
    const { onPeriod, chart, setPointerCapture } = show();
    fireEvent.pointerDown(chart, pointer(kind, 85));
    fireEvent.pointerMove(chart, pointer(kind, 45));
    expect(setPointerCapture).toHaveBeenCalledWith(7);
    expect(screen.getByText('May 2024 – Sept 2024')).toBeTruthy();
    // Beyond the axis is its end.
    fireEvent.pointerMove(chart, pointer(kind, 500));
    fireEvent.pointerUp(chart, pointer(kind, 500));
    expect(onPeriod).toHaveBeenCalledExactlyOnceWith({ from: '2024-09-01', to: '2025-01-01' });
  });

  it('a click is none, and neither is what the browser takes for scrolling', () => {
    const { onPeriod, chart } = show();
    fireEvent.pointerDown(chart, pointer(kind, 40));
    fireEvent.pointerMove(chart, pointer(kind, 43));
    fireEvent.pointerUp(chart, pointer(kind, 43));
    fireEvent.pointerDown(chart, pointer(kind, 40));
    fireEvent.pointerMove(chart, pointer(kind, 80));
    fireEvent.pointerCancel(chart, pointer(kind, 80));
    fireEvent.pointerUp(chart, pointer(kind, 80));
    expect(onPeriod).not.toHaveBeenCalled();
  });
});

describe('a stretch', () => {
  it('lies between two places, on the axis', () => {
    expect(whole(12)).toEqual({ from: 0, to: 11 });
    expect(between(7.4, -3, 12)).toEqual({ from: 0, to: 7 });
    expect(between(4, 99, 12)).toEqual({ from: 4, to: 11 });
  });

  it('keeps its order when an end is moved', () => {
    expect(moved({ from: 2, to: 5 }, 'from', 8)).toEqual({ from: 5, to: 5 });
    expect(moved({ from: 2, to: 5 }, 'to', 1)).toEqual({ from: 2, to: 2 });
  });
});
