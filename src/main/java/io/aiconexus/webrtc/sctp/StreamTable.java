package io.aiconexus.webrtc.sctp;

import java.util.Arrays;

/** Something per stream, for ids 0 to 65,535; takes room only for the pages of 32 ids that are in use. */
final class StreamTable<T> {

  private static final int PAGE_BITS = 5;
  private static final int PAGE = 1 << PAGE_BITS;

  private Object[][] pages = new Object[1][];

  @SuppressWarnings("unchecked")
  T get(int id) {
    int page = id >>> PAGE_BITS;
    return page >= pages.length || pages[page] == null ? null : (T) pages[page][id & PAGE - 1];
  }

  void put(int id, T value) {
    int page = id >>> PAGE_BITS;
    if (page >= pages.length) {
      pages = Arrays.copyOf(pages, page + 1);
    }
    if (pages[page] == null) {
      pages[page] = new Object[PAGE];
    }
    pages[page][id & PAGE - 1] = value;
  }

  void remove(int id) {
    int page = id >>> PAGE_BITS;
    if (page < pages.length && pages[page] != null) {
      pages[page][id & PAGE - 1] = null;
    }
  }
}
