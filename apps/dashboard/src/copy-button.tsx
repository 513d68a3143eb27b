import { useEffect, useState } from 'react';
import { Text } from './language.js';

/** Where the clipboard is not open to the page, a selection can still be copied. */
const copySelected = (text: string): boolean => {
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
};

const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
};

const shownMilliseconds = 2500;

/** Copies a text and says that it did. */
export const CopyButton = ({ text, label }: { text: string; label: string }) => {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <>
      <button
        type="button"
        className="quiet-button"
        aria-label={label}
        onClick={() => void copy(text).then(setCopied)}
      >
        <Text of={copied ? 'copy.done' : 'copy.do'} />
      </button>
      <span role="status" className="unseen">
        {copied ? <Text of="copy.done" /> : null}
      </span>
    </>
  );
};
