import type { ECharts, EChartsCoreOption } from 'echarts/core';

/** What the keys need of a drawing's option: its places, and the element that tells one of them. */
type Place = { readonly dataIndex: number };
type Readable = {
  readonly xAxis?: { readonly type?: string; readonly data?: readonly unknown[] };
  readonly series?: readonly { readonly data?: readonly unknown[] }[];
  readonly tooltip?: { readonly trigger?: string; readonly formatter?: unknown };
};

const lastPlaceOf = ({ xAxis, series }: Readable): number =>
  Math.max(...[xAxis?.data?.length ?? 0, ...(series ?? []).map(({ data }) => data?.length ?? 0)]) - 1;

/** The lines of a tooltip as one text, each with its own name. */
const toldAt = ({ tooltip }: Readable, at: number): string => {
  const { formatter, trigger } = tooltip ?? {};
  if (typeof formatter !== 'function') return '';
  const place: Place = { dataIndex: at };
  const told: unknown = (formatter as (of: Place | readonly Place[]) => unknown)(
    trigger === 'axis' ? [place] : place,
  );
  if (!(told instanceof HTMLElement)) return '';
  const [title, ...lines] = [...told.children].map((line) =>
    [...(line.children.length === 0 ? [line] : line.children)].map((part) => part.textContent).join(' '),
  );
  return [title, lines.join('; ')].filter((part) => part !== '').join(': ');
};

const show = (chart: ECharts, option: Readable, at: number): void => {
  if (option.xAxis?.type !== 'category') {
    chart.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: at });
    return;
  }
  // by its place on the axis: a period without a figure has a tooltip too, and says why
  const x = chart.convertToPixel({ xAxisIndex: 0 }, at);
  chart.dispatchAction({ type: 'showTip', x: Number(x), y: chart.getHeight() / 2 });
};

const stepOf = (key: string, at: number, last: number): number | undefined => {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, at + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, at - 1);
    case 'PageUp':
      return Math.min(last, at + 12);
    case 'PageDown':
      return Math.max(0, at - 12);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
};

/**
 * Makes the points of a drawing reachable by keyboard: it becomes a slider along its axis, whose value text is what
 * the tooltip says of the point, and which shows that tooltip. Time runs from left to right in both scripts.
 *
 * @returns takes the keys away again
 */
export const walkByKeys = (box: HTMLElement, chart: ECharts, given: EChartsCoreOption): (() => void) => {
  const option = given as Readable;
  const last = lastPlaceOf(option);
  if (last < 0) return () => undefined;
  let at = last;
  const tell = (): void => {
    box.setAttribute('aria-valuenow', String(at));
    box.setAttribute('aria-valuetext', toldAt(option, at));
  };
  const attributes = {
    role: 'slider',
    tabindex: '0',
    'aria-orientation': 'horizontal',
    'aria-valuemin': '0',
    'aria-valuemax': String(last),
  };
  for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
  tell();
  const press = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = event.key === 'Escape' ? undefined : stepOf(event.key, at, last);
    if (event.key === 'Escape') chart.dispatchAction({ type: 'hideTip' });
    if (next === undefined) return;
    event.preventDefault();
    at = next;
    tell();
    show(chart, option, at);
  };
  const enter = (): void => {
    if (box.matches(':focus-visible')) show(chart, option, at);
  };
  const leave = (): void => chart.dispatchAction({ type: 'hideTip' });
  box.addEventListener('keydown', press);
  box.addEventListener('focus', enter);
  box.addEventListener('blur', leave);
  return () => {
    box.removeEventListener('keydown', press);
    box.removeEventListener('focus', enter);
    box.removeEventListener('blur', leave);
  };
};
