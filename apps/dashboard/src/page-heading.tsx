import type { ReactNode } from 'react';

/** What a page is about: its title, a line about it, and the choices that stand beside them. */
export const PageHeading = (props: {
  /** What the title belongs to. */
  above?: ReactNode;
  title: ReactNode;
  lead: ReactNode;
  /** The lead is a definition or an instruction, in the size of the text. */
  isLong?: boolean;
  children?: ReactNode;
}) => (
  <div className="page-heading">
    <div>
      {props.above === undefined ? null : <p className="faint">{props.above}</p>}
      <h2>{props.title}</h2>
      <p className={props.isLong === true ? 'lead' : 'faint'}>{props.lead}</p>
    </div>
    {props.children}
  </div>
);
