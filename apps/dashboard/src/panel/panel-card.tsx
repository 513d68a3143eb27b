import '../styles/panel.css';
import type { ReactNode } from 'react';
import { Text } from '../language.js';
import type { TakenFigure } from '../take-away/taken-figure.js';
import type { Theme } from '../url-state.js';
import { Card } from './card.js';
import type { PanelDrawing } from './panel-drawing.js';
import { Swatch } from './swatch.js';
import { part } from '../part.js';
import { ChartBox } from '../chart-box.js';

const PanelCanvas = part(() => import('./panel-canvas.js'));

/** What each series is drawn with. */
export const PanelLegend = ({ drawing, theme }: { drawing: PanelDrawing; theme: Theme }) => (
  <ul className="legend">
    {drawing.series.map(({ name }, at) => (
      <li key={name}>
        <Swatch at={at} kind={drawing.kind === 'lines' ? 'line' : 'area'} theme={theme} />
        <span>{name}</span>
      </li>
    ))}
  </ul>
);

/** A card with its heading, a drawing, the finding in a sentence, and the figures as a table. */
export const ChartCard = (props: {
  name: string;
  title: ReactNode;
  note?: ReactNode;
  legend?: ReactNode;
  finding: ReactNode;
  children: ReactNode;
  table?: ReactNode;
  /** How the figures may be taken away; the drawing is taken along. */
  takeAway?: TakenFigure | undefined;
}) => {
  const { name, finding, children, table, takeAway, ...heading } = props;
  const picture = `[data-card="${name}"] .chart-canvas svg`;
  return (
    <Card name={name} {...heading} takeAway={takeAway && { ...takeAway, picture }}>
      <figure className="chart">
        {children}
        <figcaption>{finding}</figcaption>
      </figure>
      {table === undefined ? null : (
        <details className="chart-table">
          <summary>
            <Text of="panel.table" />
          </summary>
          {table}
        </details>
      )}
    </Card>
  );
};

/** The box that a drawing of several series fills, of the same height before and after it is loaded. */
export const PanelChart = (props: { drawing: PanelDrawing; theme: Theme; label: string }) => (
  <ChartBox name="panel-box">
    <PanelCanvas {...props} />
  </ChartBox>
);
