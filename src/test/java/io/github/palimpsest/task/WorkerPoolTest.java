package io.github.palimpsest.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class WorkerPoolTest {

    private static final List<Integer> MANY = IntStream.range(0, 500).boxed().toList();

    @Test
    void resultsAreTakenInOrderByTheCallerHoweverLongEachTakes() {
        List<Integer> taken = new ArrayList<>();
        Thread caller = Thread.currentThread();
        try (WorkerPool pool = new WorkerPool(4)) {
            pool.inOrder(MANY, (item, worker) -> {
                if (item % 7 == 0)
                    Thread.yield();
                return item * item;
            }, (result, i) -> {
                assertSame(caller, Thread.currentThread());
                assertEquals(i * i, result);
                taken.add(result);
            }, Progress.silent(), "");
        }
        assertEquals(500, taken.size());
    }

    @Test
    void onlyAFewResultsWaitAtAnyTime() {
        AtomicInteger begun = new AtomicInteger();
        try (WorkerPool pool = new WorkerPool(3)) {
            pool.inOrder(MANY, (item, worker) -> begun.incrementAndGet(),
                    (result, i) -> assertTrue(begun.get() <= i + 2 * 3 + 3 + 1, "begun " + begun + " at " + i), Progress.silent(), "");
        }
    }

    @Test
    void aWorkerIsAlwaysTheSameThread() {
        ConcurrentHashMap<Integer, Thread> threads = new ConcurrentHashMap<>();
        try (WorkerPool pool = new WorkerPool(3)) {
            for (int round = 0; round < 3; round++)
                pool.inOrder(MANY, (item, worker) -> {
                    Thread before = threads.putIfAbsent(worker, Thread.currentThread());
                    assertTrue(before == null || before == Thread.currentThread());
                    return item;
                }, (result, i) -> {}, Progress.silent(), "");
        }
    }

    @Test
    void theFirstFailureReachesTheCallerAndEndsTheWork() {
        AtomicInteger begun = new AtomicInteger();
        try (WorkerPool pool = new WorkerPool(2)) {
            UserException failure = assertThrows(UserException.class, () -> pool.inOrder(MANY, (item, worker) -> {
                begun.incrementAndGet();
                if (item == 20)
                    throw new UserException("no");
                return item;
            }, (result, i) -> {}, Progress.silent(), ""));
            assertEquals("no", failure.getMessage());
            assertTrue(begun.get() < 40);
            assertThrows(IllegalStateException.class, () -> pool.inOrder(MANY, (item, worker) -> item, (result, i) -> {
                if (i == 5)
                    throw new IllegalStateException();
            }, Progress.silent(), ""));
            List<Integer> after = new ArrayList<>();
            pool.inOrder(MANY, (item, worker) -> item, (result, i) -> after.add(result), Progress.silent(), "");
            assertEquals(MANY, after, "the pool can be used again");
        }
    }

    @Test
    void cancellingEndsBetweenTwoItems() {
        AtomicInteger taken = new AtomicInteger();
        Progress cancelledAfterTen = new CancellableProgress(() -> taken.get() >= 10);
        try (WorkerPool pool = new WorkerPool(2)) {
            assertThrows(CancelledException.class, () -> pool.inOrder(MANY, (item, worker) -> item,
                    (result, i) -> taken.incrementAndGet(), cancelledAfterTen, ""));
        }
        assertEquals(10, taken.get());
    }
}
