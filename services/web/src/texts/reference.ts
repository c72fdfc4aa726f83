// SPDX-License-Identifier: Apache-2.0
// Of the page of the API.
import { count } from './words';

export const reference = {
  title: 'API',
  index: 'Contents',
  loading: 'Loading the contract',
  source: (version: string) => `The contract as OpenAPI (YAML), version ${version}`,
  schemas: 'Schemas',
  required: 'always there',
  parameters: (n: number) => count(n, 'parameter', 'parameters'),
  parametersOf: (operation: string) => `Parameters: ${operation}`,
  fieldsOf: (schema: string) => `Fields of ${schema}`,
  body: 'Takes',
  answer: (status: string) => `Answer ${status}`,
  otherAnswers: 'Other answers',
  command: (operation: string) => `Command: ${operation}`,
  example: (operation: string) => `Example: ${operation}`,
  events: {
    title: 'Events: be told of every change',
    intro:
      'Every change is a CloudEvent 1.0. Delivery is at least once and in order for each incident; its revision tells repeats apart.',
    curl: 'Listen',
    curlHint:
      'Server-sent events over one request that stays open. A comment every 15 s keeps it alive.',
    filter: 'Only what matters to you',
    filterHint: 'By provider, service and kind of change.',
    resume: 'Come back without a gap',
    resumeHint: 'Each event has an id; send the last one and get everything after it.',
    browser: 'In a program',
    browserHint: 'Any client of server-sent events will do; in JavaScript it is built in.',
    nats: 'On the bus itself',
    natsHint:
      'Next to the installation, without the gateway: one subject for each provider and kind of change.',
  },
};
