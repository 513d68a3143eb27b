/** Gives what the page has made to the reader as a file. */
export const saveFile = (content: Blob, name: string): void => {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // the browser reads the content after the click has returned
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
