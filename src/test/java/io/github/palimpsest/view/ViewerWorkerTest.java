package io.github.palimpsest.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

class ViewerWorkerTest {

    @Test
    void ofManyWishesOnlyTheLastIsDone() throws InterruptedException {
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        try (ViewerWorker worker = new ViewerWorker()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch last = new CountDownLatch(1);
            worker.run(() -> {
                begun.countDown();
                await(go);
            });
            assertTrue(begun.await(30, TimeUnit.SECONDS));
            for (int i = 0; i < 50; i++) {
                int wish = i;
                worker.want(() -> {
                    done.add(wish);
                    last.countDown();
                });
            }
            go.countDown();
            assertTrue(last.await(30, TimeUnit.SECONDS));
        }
        assertEquals(List.of(49), done);
    }

    @Test
    void closingEndsTheThreadAtOnce() throws InterruptedException {
        ViewerWorker worker = new ViewerWorker();
        AtomicReference<Thread> thread = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        worker.repeat(() -> {}, 10);
        worker.run(() -> {
            thread.set(Thread.currentThread());
            begun.countDown();
            await(new CountDownLatch(1));
        });
        assertTrue(begun.await(30, TimeUnit.SECONDS));
        assertEquals(ViewerWorker.NAME, thread.get().getName());
        worker.close();
        thread.get().join(30_000);
        assertFalse(thread.get().isAlive());
        worker.want(() -> {});
        worker.run(() -> {});
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
