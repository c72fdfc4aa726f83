// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, order } from '../../api/client';
import { pagesQuery } from '../../api/queries';
import { texts } from '../../texts';
import styles from './SourcesView.module.css';

interface PollButtonProps {
  page: string;
  apiKey: string;
  disabled: boolean;
}

export function PollButton({ page, apiKey, disabled }: PollButtonProps) {
  const client = useQueryClient();
  const poll = useMutation({
    networkMode: 'always',
    mutationFn: () => order(`pages/${encodeURIComponent(page)}/poll`, apiKey),
    onSettled: () => void client.invalidateQueries({ queryKey: pagesQuery.queryKey }),
  });
  const words = poll.isSuccess
    ? texts.sources.asked
    : poll.error instanceof ApiError
      ? poll.error.status === 401 || poll.error.status === 403
        ? texts.sources.wrongKey
        : poll.error.message
      : poll.error
        ? texts.errors.unreachable
        : '';
  return (
    <>
      <button
        type="button"
        className={styles.poll}
        disabled={disabled || apiKey === '' || poll.isPending}
        title={apiKey === '' ? texts.sources.needsKey : undefined}
        onClick={() => poll.mutate()}
      >
        {texts.sources.poll}
        <span className="visually-hidden"> {page}</span>
      </button>
      <span className={styles.answer} role="status" data-error={poll.isError || undefined}>
        {words}
      </span>
    </>
  );
}
