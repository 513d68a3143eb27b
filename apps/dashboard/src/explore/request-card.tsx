import { useState } from 'react';
import { CopyButton } from '../copy-button.js';
import { Text, useText } from '../language.js';
import { requestForms, requestLine, type RequestForm } from './request-lines.js';

/** The request of the table, to be asked again by a program. */
export const RequestCard = ({ address }: { address: string }) => {
  const text = useText();
  const [form, setForm] = useState<RequestForm>('url');
  const line = requestLine(form, address);
  return (
    <section className="card" aria-labelledby="request-heading">
      <div className="card-heading tight">
        <h3 id="request-heading">
          <Text of="explore.request" />
        </h3>
        <CopyButton text={line} label={text('explore.request.copy')} />
      </div>
      <div className="request-forms" role="group" aria-labelledby="request-heading">
        {requestForms.map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-pressed={one === form}
            data-form={one}
            onClick={() => setForm(one)}
          >
            <Text of={`explore.request.${one}`} />
          </button>
        ))}
      </div>
      <pre className="request-line" dir="ltr" tabIndex={0} aria-label={text('explore.request')}>
        <code>{line}</code>
      </pre>
      <p className="faint">
        <Text of="explore.request.note" />
      </p>
    </section>
  );
};
