import { useState } from 'react';
import { AreaChoice } from '../area-choice.js';
import { Choice } from '../choice.js';
import type { IndicatorRow, IndicatorSummary } from '../indicator-api.js';
import { useFormats, useText } from '../language.js';
import { RangeChoices } from '../range-choices.js';
import type { Scale } from '../reading.js';
import { changeUrl, type Frequency, type UrlChange, type UrlState } from '../url-state.js';
import type { Areas } from '../use-areas.js';
import { navigate } from '../use-url.js';
import { FindIndicator, foundAmong } from './find-indicator.js';
import type { View } from './view.js';

export type Choose = (change: UrlChange) => void;

/** The choices of the indicator page. Each is a step in the history of the page. */
export const IndicatorControls = (props: {
  url: UrlState;
  catalogue: readonly IndicatorSummary[];
  view: View;
  areas: Areas;
  rows: readonly IndicatorRow[];
  nameOfDimension: (code: string) => string;
}) => {
  const { url, catalogue, view, areas, rows, nameOfDimension } = props;
  const { summary } = view;
  const text = useText();
  const formats = useFormats();
  const [searched, setSearched] = useState('');
  const found = foundAmong(catalogue, searched);
  const choose: Choose = (change) => navigate(changeUrl(url, { indicator: summary.code, ...change }));
  const chooseIndicator = (code: string): void => {
    const next = catalogue.find((one) => one.code === code);
    const keepsFreq = url.freq === undefined || next?.frequencies.includes(url.freq) === true;
    const keepsBy = url.breakdown === undefined || next?.dimensions.includes(url.breakdown) === true;
    choose({
      indicator: code,
      ...(keepsFreq ? {} : { freq: undefined }),
      ...(keepsBy ? {} : { breakdown: undefined }),
    });
  };
  return (
    <form
      className="controls indicator-controls"
      aria-label={text('indicator.controls')}
      onSubmit={(event) => event.preventDefault()}
    >
      <FindIndicator searched={searched} found={found} onSearch={setSearched} onTake={chooseIndicator} />
      <Choice
        name="indicator"
        label={text('indicator.choose')}
        value={summary.code}
        options={[...found, ...(found.includes(summary) ? [] : [summary])].map(({ code, name, theme }) => ({
          value: code,
          label: formats.name(name),
          group: formats.name(theme.name),
        }))}
        onChoose={chooseIndicator}
      />
      {view.area === undefined ? null : <AreaChoice url={url} areas={areas} />}
      <Choice
        name="by"
        label={text('indicator.by')}
        value={view.by ?? 'none'}
        options={[
          ...(summary.requiredDimensions ?? summary.dimensions).map((code) => ({
            value: code,
            label: nameOfDimension(code),
          })),
          ...(view.hasWhole ? [{ value: 'none', label: text('indicator.by.none') }] : []),
        ]}
        onChoose={(breakdown) => choose({ breakdown })}
      />
      <Choice
        name="freq"
        label={text('indicator.freq')}
        value={view.freq}
        options={summary.frequencies.map((freq) => ({ value: freq, label: text(`freq.${freq}`) }))}
        onChoose={(freq) =>
          choose({ freq: freq === summary.frequencies[0] ? undefined : (freq as Frequency) })
        }
      />
      <RangeChoices url={url} periods={[...new Set(rows.map(({ period }) => period))]} choose={choose} />
      <Choice
        name="chart"
        label={text('indicator.chart')}
        value={view.kind}
        options={[
          { value: 'line', label: text('indicator.chart.line') },
          { value: 'bar', label: text('indicator.chart.bar') },
        ]}
        onChoose={(kind) => choose({ chart: kind === 'bar' ? 'bar' : undefined })}
      />
      <Choice
        name="scale"
        label={text('scale.choose')}
        value={view.scale ?? 'linear'}
        options={[
          { value: 'linear', label: text('scale.linear') },
          { value: 'index', label: text('scale.index') },
          ...(view.kind === 'bar' ? [] : [{ value: 'log', label: text('scale.log') }]),
        ]}
        onChoose={(scale) => choose({ scale: scale === 'linear' ? undefined : (scale as Scale) })}
      />
    </form>
  );
};
