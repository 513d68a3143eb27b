import { parseDay, recordRegister, type RecordedEvent, type RecordRegister } from '@karnama/kernel';
import type { EstateDeclared, UnitRecordWithdrawn } from './events.js';

/** An industrial estate as it is from `day` on. */
export type EstateFact = {
  readonly type: 'EstateDeclared';
  readonly day: number;
  readonly area: string;
  readonly plots: number;
  readonly plotsAssigned: number;
};

/** The contract whose records tell of estates: units and estates share the event that withdraws a record. */
export const estatesContract = 'estates';

/** Whether an event of the industry's agencies tells of an estate; otherwise it tells of a unit. */
export const tellsOfEstate = (event: RecordedEvent): boolean =>
  event.type === 'EstateDeclared' ||
  (event.type === 'UnitRecordWithdrawn' && (event.data as UnitRecordWithdrawn).contract === estatesContract);

/** Records about industrial estates. */
export const estateRegister: RecordRegister<EstateFact> = recordRegister<EstateFact>(
  {
    EstateDeclared: {
      fields: ['day', 'area', 'plots', 'plotsAssigned'],
      fact: (data) => {
        const { day, area, plots, plotsAssigned } = data as EstateDeclared;
        return { type: 'EstateDeclared', day: parseDay(day), area, plots, plotsAssigned };
      },
    },
  },
  'UnitRecordWithdrawn',
);
