/** On one line, whatever a name holds: a line break would end the comment. */
export const remark = (text: string): string => `-- ${text.replaceAll(/[\r\n]+/g, ' ')}`;
