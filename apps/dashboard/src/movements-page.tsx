import { useQuery } from '@tanstack/react-query';
import { Controls } from './controls.js';
import { Figures } from './figures.js';
import { dataflowQuery, dataflowsQuery } from './queries.js';
import { selectionOf } from './selection.js';
import { Failure, FiguresSkeleton, Nothing } from './states.js';
import type { PageProps } from './page-props.js';

const isMovements = (code: string): boolean => code.startsWith('MOVEMENTS');

/** Hires and separations as they were declared: any measure, area and breakdown of a dataflow. */
const MovementsPage = ({ url, theme }: PageProps) => {
  const dataflows = useQuery(dataflowsQuery);
  const code =
    url.dataflow ?? (dataflows.data?.find((one) => isMovements(one.code)) ?? dataflows.data?.[0])?.code;
  const dataflow = useQuery({ ...dataflowQuery(code ?? ''), enabled: code !== undefined });
  const selection = dataflow.data === undefined ? undefined : selectionOf(url, dataflow.data);
  const failed = [dataflow, dataflows].find((query) => query.isError && query.data === undefined);
  const retry = (): void => {
    for (const query of [dataflows, dataflow]) if (query.isError) void query.refetch();
  };
  return (
    <>
      <Controls url={url} dataflows={dataflows.data ?? []} selection={selection} />
      <div id="figures" tabIndex={-1}>
        {failed?.error ? (
          <Failure error={failed.error} onRetry={retry} />
        ) : dataflows.data?.length === 0 || dataflow.data?.months.length === 0 ? (
          <Nothing title="state.empty.all" hint="state.empty.all.hint" />
        ) : selection === undefined ? (
          <FiguresSkeleton />
        ) : (
          <Figures url={url} selection={selection} theme={theme} />
        )}
      </div>
    </>
  );
};

export default MovementsPage;
