// SPDX-License-Identifier: Apache-2.0
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Message } from '../../components/Message';
import { texts } from '../../texts';

export function NotFoundView({ hint = texts.notFound.page }: { hint?: string }) {
  useEffect(() => {
    document.title = texts.app.title(texts.notFound.title);
  }, []);
  return (
    <Message level={1} title={texts.notFound.title} hint={hint}>
      <Link to="/incidents" search={{}}>
        {texts.notFound.back}
      </Link>
    </Message>
  );
}
