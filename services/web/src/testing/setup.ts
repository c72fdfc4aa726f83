// SPDX-License-Identifier: Apache-2.0
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);

// A page that is loaded on demand takes its time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });
