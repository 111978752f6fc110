import assert from 'node:assert/strict';

export interface Tag {
  name: string;
  attributes: Record<string, string>;
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/**
 * Reads the tags of a page whose attribute values all stand between double quotes, as a browser would. What it
 * cannot read it refuses, so that nothing slips through unquoted or unescaped.
 */
export function readTags(html: string): Tag[] {
  const text = html.replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1');
  const tags = [
    ...text.matchAll(/<([a-z]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>|<\/[a-z]+>|<!doctype html>/g),
  ];
  const rest = tags.reduce((left, [tag]) => left.replace(tag, ''), text);
  assert.doesNotMatch(rest, /[<>]/, 'the page holds a tag that cannot be read');
  return tags
    .filter(([, name]) => name !== undefined)
    .map(([, name = '', list = '']) => ({ name, attributes: readAttributes(list) }));
}

export function tagsNamed(html: string, name: string): Tag[] {
  return readTags(html).filter((tag) => tag.name === name);
}

/** The only tag of its name. */
export function theTag(html: string, name: string): Tag {
  const [tag, ...others] = tagsNamed(html, name);
  assert.ok(tag && others.length === 0, `there is not exactly one ${name}`);
  return tag;
}

function readAttributes(list: string): Record<string, string> {
  const found = [...list.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, unescape(value)]));
}

function unescape(text: string): string {
  return text.replace(/&[a-z#0-9]+;/g, (entity) => ENTITIES[entity] ?? entity);
}
